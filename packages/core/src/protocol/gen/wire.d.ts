// Made by scripts/gen.mjs from packages/core/proto/. Do not edit: run `npm run gen`.
import * as $protobuf from "protobufjs";
interface Long { toNumber(): number }

export namespace taskvine {

    namespace gateway {

        enum Lifetime {
            LIFETIME_UNSPECIFIED = 0,
            LIFETIME_TASK = 1,
            LIFETIME_WORKFLOW = 2,
            LIFETIME_WORKER = 3,
            LIFETIME_FOREVER = 4
        }

        enum OutputCondition {
            OUTPUT_CONDITION_UNSPECIFIED = 0,
            OUTPUT_CONDITION_SUCCESS = 1,
            OUTPUT_CONDITION_FAILURE = 2,
            OUTPUT_CONDITION_ALWAYS = 3
        }

        enum MountUse {
            MOUNT_USE_SANDBOX = 0,
            MOUNT_USE_VALUE = 1,
            MOUNT_USE_PATH = 2,
            MOUNT_USE_FUNCTION = 3
        }

        enum Encoding {
            ENCODING_UNSPECIFIED = 0,
            ENCODING_JSON = 1,
            ENCODING_PICKLE = 2,
            ENCODING_V8 = 3
        }

        interface IEnvVar extends taskvine.gateway.EnvVar.$Properties {
        }

        class EnvVar {
            constructor(properties?: taskvine.gateway.EnvVar.$Properties);
            $unknowns?: Uint8Array[];
            name: string;
            value: (string|null);
            static encode(message: taskvine.gateway.EnvVar.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.EnvVar & taskvine.gateway.EnvVar.$Shape;
        }

        namespace EnvVar {
            interface $Properties {
                name?: string;
                value?: (string|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.EnvVar.$Properties;
        }

        interface IResources extends taskvine.gateway.Resources.$Properties {
        }

        class Resources {
            constructor(properties?: taskvine.gateway.Resources.$Properties);
            $unknowns?: Uint8Array[];
            cores: (number|null);
            memory: (number|Long|null);
            disk: (number|Long|null);
            gpus: (number|null);
            static encode(message: taskvine.gateway.Resources.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Resources & taskvine.gateway.Resources.$Shape;
        }

        namespace Resources {
            interface $Properties {
                cores?: (number|null);
                memory?: (number|Long|null);
                disk?: (number|Long|null);
                gpus?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Resources.$Properties;
        }

        interface IMount extends taskvine.gateway.Mount.$Properties {
        }

        class Mount {
            constructor(properties?: taskvine.gateway.Mount.$Properties);
            $unknowns?: Uint8Array[];
            file: number;
            name: string;
            use: taskvine.gateway.MountUse;
            when: taskvine.gateway.OutputCondition;
            watch: boolean;
            static encode(message: taskvine.gateway.Mount.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Mount & taskvine.gateway.Mount.$Shape;
        }

        namespace Mount {
            interface $Properties {
                file?: number;
                name?: string;
                use?: taskvine.gateway.MountUse;
                when?: taskvine.gateway.OutputCondition;
                watch?: boolean;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Mount.$Properties;
        }

        interface IMiniTask extends taskvine.gateway.MiniTask.$Properties {
        }

        class MiniTask {
            constructor(properties?: taskvine.gateway.MiniTask.$Properties);
            $unknowns?: Uint8Array[];
            command: string;
            inputs: taskvine.gateway.Mount[];
            env: taskvine.gateway.EnvVar[];
            output: string;
            static encode(message: taskvine.gateway.MiniTask.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.MiniTask & taskvine.gateway.MiniTask.$Shape;
        }

        namespace MiniTask {
            interface $Properties {
                command?: string;
                inputs?: taskvine.gateway.Mount.$Properties[];
                env?: taskvine.gateway.EnvVar.$Properties[];
                output?: string;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.MiniTask.$Properties;
        }

        interface IUnpack extends taskvine.gateway.Unpack.$Properties {
        }

        class Unpack {
            constructor(properties?: taskvine.gateway.Unpack.$Properties);
            $unknowns?: Uint8Array[];
            archive: number;
            format: string;
            static encode(message: taskvine.gateway.Unpack.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Unpack & taskvine.gateway.Unpack.$Shape;
        }

        namespace Unpack {
            interface $Properties {
                archive?: number;
                format?: string;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Unpack.$Properties;
        }

        interface IDeclare extends taskvine.gateway.Declare.$Properties {
        }

        class Declare {
            constructor(properties?: taskvine.gateway.Declare.$Properties);
            $unknowns?: Uint8Array[];
            file: number;
            path: (string|null);
            buffer: (Uint8Array|null);
            url: (string|null);
            temp: (boolean|null);
            miniTask: (taskvine.gateway.MiniTask|null);
            unpack: (taskvine.gateway.Unpack|null);
            lifetime: taskvine.gateway.Lifetime;
            peerTransfer: (boolean|null);
            unlinkWhenDone: boolean;
            executable: boolean;
            label: string;
            origin?: ("path"|"buffer"|"url"|"temp"|"miniTask"|"unpack");
            static encode(message: taskvine.gateway.Declare.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Declare & taskvine.gateway.Declare.$Shape;
        }

        namespace Declare {
            interface $Properties {
                file?: number;
                path?: (string|null);
                buffer?: (Uint8Array|null);
                url?: (string|null);
                temp?: (boolean|null);
                miniTask?: (taskvine.gateway.MiniTask.$Properties|null);
                unpack?: (taskvine.gateway.Unpack.$Properties|null);
                lifetime?: taskvine.gateway.Lifetime;
                peerTransfer?: (boolean|null);
                unlinkWhenDone?: boolean;
                executable?: boolean;
                label?: string;
                origin?: ("path"|"buffer"|"url"|"temp"|"miniTask"|"unpack");
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              file?: number;
              path?: string|null;
              buffer?: Uint8Array|null;
              url?: string|null;
              temp?: boolean|null;
              miniTask?: taskvine.gateway.MiniTask.$Shape|null;
              unpack?: taskvine.gateway.Unpack.$Shape|null;
              lifetime?: taskvine.gateway.Lifetime;
              peerTransfer?: boolean|null;
              unlinkWhenDone?: boolean;
              executable?: boolean;
              label?: string;
              $unknowns?: Uint8Array[];
            } & (
              ({ origin?: undefined; path?: null; buffer?: null; url?: null; temp?: null; miniTask?: null; unpack?: null }|{ origin?: "path"; path: string; buffer?: null; url?: null; temp?: null; miniTask?: null; unpack?: null }|{ origin?: "buffer"; path?: null; buffer: Uint8Array; url?: null; temp?: null; miniTask?: null; unpack?: null }|{ origin?: "url"; path?: null; buffer?: null; url: string; temp?: null; miniTask?: null; unpack?: null }|{ origin?: "temp"; path?: null; buffer?: null; url?: null; temp: boolean; miniTask?: null; unpack?: null }|{ origin?: "miniTask"; path?: null; buffer?: null; url?: null; temp?: null; miniTask: taskvine.gateway.MiniTask.$Shape; unpack?: null }|{ origin?: "unpack"; path?: null; buffer?: null; url?: null; temp?: null; miniTask?: null; unpack: taskvine.gateway.Unpack.$Shape })
            );
        }

        interface ILibrary extends taskvine.gateway.Library.$Properties {
        }

        class Library {
            constructor(properties?: taskvine.gateway.Library.$Properties);
            $unknowns?: Uint8Array[];
            library: number;
            name: string;
            command: string;
            inputs: taskvine.gateway.Mount[];
            env: taskvine.gateway.EnvVar[];
            resources: taskvine.gateway.Resources;
            features: string[];
            slots: number;
            functions: string[];
            maxInstances: number;
            startTries: number;
            startWithinMs: (number|Long);
            static encode(message: taskvine.gateway.Library.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Library & taskvine.gateway.Library.$Shape;
        }

        namespace Library {
            interface $Properties {
                library?: number;
                name?: string;
                command?: string;
                inputs?: taskvine.gateway.Mount.$Properties[];
                env?: taskvine.gateway.EnvVar.$Properties[];
                resources?: taskvine.gateway.Resources.$Properties;
                features?: string[];
                slots?: number;
                functions?: string[];
                maxInstances?: number;
                startTries?: number;
                startWithinMs?: (number|Long);
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Library.$Properties;
        }

        interface IRemoveLibrary extends taskvine.gateway.RemoveLibrary.$Properties {
        }

        class RemoveLibrary {
            constructor(properties?: taskvine.gateway.RemoveLibrary.$Properties);
            $unknowns?: Uint8Array[];
            library: number;
            static encode(message: taskvine.gateway.RemoveLibrary.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.RemoveLibrary & taskvine.gateway.RemoveLibrary.$Shape;
        }

        namespace RemoveLibrary {
            interface $Properties {
                library?: number;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.RemoveLibrary.$Properties;
        }

        interface ICallPart extends taskvine.gateway.CallPart.$Properties {
        }

        class CallPart {
            constructor(properties?: taskvine.gateway.CallPart.$Properties);
            $unknowns?: Uint8Array[];
            library: number;
            function: string;
            args: Uint8Array;
            encoding: taskvine.gateway.Encoding;
            keep: boolean;
            static encode(message: taskvine.gateway.CallPart.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.CallPart & taskvine.gateway.CallPart.$Shape;
        }

        namespace CallPart {
            interface $Properties {
                library?: number;
                "function"?: string;
                args?: Uint8Array;
                encoding?: taskvine.gateway.Encoding;
                keep?: boolean;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.CallPart.$Properties;
        }

        interface ISubmit extends taskvine.gateway.Submit.$Properties {
        }

        class Submit {
            constructor(properties?: taskvine.gateway.Submit.$Properties);
            $unknowns?: Uint8Array[];
            task: number;
            command: string;
            call: taskvine.gateway.CallPart;
            inputs: taskvine.gateway.Mount[];
            outputs: taskvine.gateway.Mount[];
            env: taskvine.gateway.EnvVar[];
            resources: taskvine.gateway.Resources;
            features: string[];
            tag: string;
            category: string;
            priority: number;
            retries: (number|null);
            wallTimeMs: (number|Long);
            endByMs: (number|Long);
            startAfterMs: (number|Long);
            policy: string;
            static encode(message: taskvine.gateway.Submit.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Submit & taskvine.gateway.Submit.$Shape;
        }

        namespace Submit {
            interface $Properties {
                task?: number;
                command?: string;
                call?: taskvine.gateway.CallPart.$Properties;
                inputs?: taskvine.gateway.Mount.$Properties[];
                outputs?: taskvine.gateway.Mount.$Properties[];
                env?: taskvine.gateway.EnvVar.$Properties[];
                resources?: taskvine.gateway.Resources.$Properties;
                features?: string[];
                tag?: string;
                category?: string;
                priority?: number;
                retries?: (number|null);
                wallTimeMs?: (number|Long);
                endByMs?: (number|Long);
                startAfterMs?: (number|Long);
                policy?: string;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Submit.$Properties;
        }

        interface ICalls extends taskvine.gateway.Calls.$Properties {
        }

        class Calls {
            constructor(properties?: taskvine.gateway.Calls.$Properties);
            $unknowns?: Uint8Array[];
            library: number;
            function: string;
            functionFile: number;
            encoding: taskvine.gateway.Encoding;
            firstTask: number;
            args: Uint8Array[];
            tag: string;
            category: string;
            priority: number;
            retries: (number|null);
            wallTimeMs: (number|Long);
            memory: (number|Long);
            valueFiles: number[];
            tags: string[];
            keep: boolean;
            inputCounts: number[];
            inputFiles: number[];
            inputUses: taskvine.gateway.MountUse[];
            kinds: number[];
            others: taskvine.gateway.CallKind[];
            static encode(message: taskvine.gateway.Calls.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Calls & taskvine.gateway.Calls.$Shape;
        }

        namespace Calls {
            interface $Properties {
                library?: number;
                "function"?: string;
                functionFile?: number;
                encoding?: taskvine.gateway.Encoding;
                firstTask?: number;
                args?: Uint8Array[];
                tag?: string;
                category?: string;
                priority?: number;
                retries?: (number|null);
                wallTimeMs?: (number|Long);
                memory?: (number|Long);
                valueFiles?: number[];
                tags?: string[];
                keep?: boolean;
                inputCounts?: number[];
                inputFiles?: number[];
                inputUses?: taskvine.gateway.MountUse[];
                kinds?: number[];
                others?: taskvine.gateway.CallKind.$Properties[];
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Calls.$Properties;
        }

        interface ICallKind extends taskvine.gateway.CallKind.$Properties {
        }

        class CallKind {
            constructor(properties?: taskvine.gateway.CallKind.$Properties);
            $unknowns?: Uint8Array[];
            library: number;
            function: string;
            functionFile: number;
            encoding: taskvine.gateway.Encoding;
            tag: string;
            category: string;
            priority: number;
            retries: (number|null);
            wallTimeMs: (number|Long);
            memory: (number|Long);
            keep: boolean;
            static encode(message: taskvine.gateway.CallKind.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.CallKind & taskvine.gateway.CallKind.$Shape;
        }

        namespace CallKind {
            interface $Properties {
                library?: number;
                "function"?: string;
                functionFile?: number;
                encoding?: taskvine.gateway.Encoding;
                tag?: string;
                category?: string;
                priority?: number;
                retries?: (number|null);
                wallTimeMs?: (number|Long);
                memory?: (number|Long);
                keep?: boolean;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.CallKind.$Properties;
        }

        interface ICancel extends taskvine.gateway.Cancel.$Properties {
        }

        class Cancel {
            constructor(properties?: taskvine.gateway.Cancel.$Properties);
            $unknowns?: Uint8Array[];
            tasks: number[];
            tag: string;
            category: string;
            all: boolean;
            static encode(message: taskvine.gateway.Cancel.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Cancel & taskvine.gateway.Cancel.$Shape;
        }

        namespace Cancel {
            interface $Properties {
                tasks?: number[];
                tag?: string;
                category?: string;
                all?: boolean;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Cancel.$Properties;
        }

        interface IPrune extends taskvine.gateway.Prune.$Properties {
        }

        class Prune {
            constructor(properties?: taskvine.gateway.Prune.$Properties);
            $unknowns?: Uint8Array[];
            files: number[];
            static encode(message: taskvine.gateway.Prune.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Prune & taskvine.gateway.Prune.$Shape;
        }

        namespace Prune {
            interface $Properties {
                files?: number[];
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Prune.$Properties;
        }

        interface IUndeclare extends taskvine.gateway.Undeclare.$Properties {
        }

        class Undeclare {
            constructor(properties?: taskvine.gateway.Undeclare.$Properties);
            $unknowns?: Uint8Array[];
            files: number[];
            static encode(message: taskvine.gateway.Undeclare.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Undeclare & taskvine.gateway.Undeclare.$Shape;
        }

        namespace Undeclare {
            interface $Properties {
                files?: number[];
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Undeclare.$Properties;
        }

        interface IFetch extends taskvine.gateway.Fetch.$Properties {
        }

        class Fetch {
            constructor(properties?: taskvine.gateway.Fetch.$Properties);
            $unknowns?: Uint8Array[];
            request: number;
            file: number;
            path: string;
            task: number;
            static encode(message: taskvine.gateway.Fetch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Fetch & taskvine.gateway.Fetch.$Shape;
        }

        namespace Fetch {
            interface $Properties {
                request?: number;
                file?: number;
                path?: string;
                task?: number;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Fetch.$Properties;
        }

        interface IQuery extends taskvine.gateway.Query.$Properties {
        }

        class Query {
            constructor(properties?: taskvine.gateway.Query.$Properties);
            $unknowns?: Uint8Array[];
            request: number;
            what: string;
            task: number;
            file: number;
            static encode(message: taskvine.gateway.Query.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Query & taskvine.gateway.Query.$Shape;
        }

        namespace Query {
            interface $Properties {
                request?: number;
                what?: string;
                task?: number;
                file?: number;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Query.$Properties;
        }

        interface IExecute extends taskvine.gateway.Execute.$Properties {
        }

        class Execute {
            constructor(properties?: taskvine.gateway.Execute.$Properties);
            $unknowns?: Uint8Array[];
            request: number;
            requestJson: string;
            attachments: Uint8Array[];
            files: number[];
            executor: string;
            static encode(message: taskvine.gateway.Execute.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Execute & taskvine.gateway.Execute.$Shape;
        }

        namespace Execute {
            interface $Properties {
                request?: number;
                requestJson?: string;
                attachments?: Uint8Array[];
                files?: number[];
                executor?: string;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Execute.$Properties;
        }

        interface IAbandonRequest extends taskvine.gateway.AbandonRequest.$Properties {
        }

        class AbandonRequest {
            constructor(properties?: taskvine.gateway.AbandonRequest.$Properties);
            $unknowns?: Uint8Array[];
            request: number;
            static encode(message: taskvine.gateway.AbandonRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.AbandonRequest & taskvine.gateway.AbandonRequest.$Shape;
        }

        namespace AbandonRequest {
            interface $Properties {
                request?: number;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.AbandonRequest.$Properties;
        }

        interface IBye extends taskvine.gateway.Bye.$Properties {
        }

        class Bye {
            constructor(properties?: taskvine.gateway.Bye.$Properties);
            $unknowns?: Uint8Array[];
            static encode(message: taskvine.gateway.Bye.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Bye & taskvine.gateway.Bye.$Shape;
        }

        namespace Bye {
            interface $Properties {
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Bye.$Properties;
        }

        interface IClientMessage extends taskvine.gateway.ClientMessage.$Properties {
        }

        class ClientMessage {
            constructor(properties?: taskvine.gateway.ClientMessage.$Properties);
            $unknowns?: Uint8Array[];
            declare: (taskvine.gateway.Declare|null);
            library: (taskvine.gateway.Library|null);
            removeLibrary: (taskvine.gateway.RemoveLibrary|null);
            submit: (taskvine.gateway.Submit|null);
            calls: (taskvine.gateway.Calls|null);
            cancel: (taskvine.gateway.Cancel|null);
            prune: (taskvine.gateway.Prune|null);
            undeclare: (taskvine.gateway.Undeclare|null);
            fetch: (taskvine.gateway.Fetch|null);
            query: (taskvine.gateway.Query|null);
            execute: (taskvine.gateway.Execute|null);
            abandon: (taskvine.gateway.AbandonRequest|null);
            bye: (taskvine.gateway.Bye|null);
            message?: ("declare"|"library"|"removeLibrary"|"submit"|"calls"|"cancel"|"prune"|"undeclare"|"fetch"|"query"|"execute"|"abandon"|"bye");
            static encode(message: taskvine.gateway.ClientMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.ClientMessage & taskvine.gateway.ClientMessage.$Shape;
        }

        namespace ClientMessage {
            interface $Properties {
                declare?: (taskvine.gateway.Declare.$Properties|null);
                library?: (taskvine.gateway.Library.$Properties|null);
                removeLibrary?: (taskvine.gateway.RemoveLibrary.$Properties|null);
                submit?: (taskvine.gateway.Submit.$Properties|null);
                calls?: (taskvine.gateway.Calls.$Properties|null);
                cancel?: (taskvine.gateway.Cancel.$Properties|null);
                prune?: (taskvine.gateway.Prune.$Properties|null);
                undeclare?: (taskvine.gateway.Undeclare.$Properties|null);
                fetch?: (taskvine.gateway.Fetch.$Properties|null);
                query?: (taskvine.gateway.Query.$Properties|null);
                execute?: (taskvine.gateway.Execute.$Properties|null);
                abandon?: (taskvine.gateway.AbandonRequest.$Properties|null);
                bye?: (taskvine.gateway.Bye.$Properties|null);
                message?: ("declare"|"library"|"removeLibrary"|"submit"|"calls"|"cancel"|"prune"|"undeclare"|"fetch"|"query"|"execute"|"abandon"|"bye");
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              declare?: taskvine.gateway.Declare.$Shape|null;
              library?: taskvine.gateway.Library.$Shape|null;
              removeLibrary?: taskvine.gateway.RemoveLibrary.$Shape|null;
              submit?: taskvine.gateway.Submit.$Shape|null;
              calls?: taskvine.gateway.Calls.$Shape|null;
              cancel?: taskvine.gateway.Cancel.$Shape|null;
              prune?: taskvine.gateway.Prune.$Shape|null;
              undeclare?: taskvine.gateway.Undeclare.$Shape|null;
              fetch?: taskvine.gateway.Fetch.$Shape|null;
              query?: taskvine.gateway.Query.$Shape|null;
              execute?: taskvine.gateway.Execute.$Shape|null;
              abandon?: taskvine.gateway.AbandonRequest.$Shape|null;
              bye?: taskvine.gateway.Bye.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ message?: undefined; declare?: null; library?: null; removeLibrary?: null; submit?: null; calls?: null; cancel?: null; prune?: null; undeclare?: null; fetch?: null; query?: null; execute?: null; abandon?: null; bye?: null }|{ message?: "declare"; declare: taskvine.gateway.Declare.$Shape; library?: null; removeLibrary?: null; submit?: null; calls?: null; cancel?: null; prune?: null; undeclare?: null; fetch?: null; query?: null; execute?: null; abandon?: null; bye?: null }|{ message?: "library"; declare?: null; library: taskvine.gateway.Library.$Shape; removeLibrary?: null; submit?: null; calls?: null; cancel?: null; prune?: null; undeclare?: null; fetch?: null; query?: null; execute?: null; abandon?: null; bye?: null }|{ message?: "removeLibrary"; declare?: null; library?: null; removeLibrary: taskvine.gateway.RemoveLibrary.$Shape; submit?: null; calls?: null; cancel?: null; prune?: null; undeclare?: null; fetch?: null; query?: null; execute?: null; abandon?: null; bye?: null }|{ message?: "submit"; declare?: null; library?: null; removeLibrary?: null; submit: taskvine.gateway.Submit.$Shape; calls?: null; cancel?: null; prune?: null; undeclare?: null; fetch?: null; query?: null; execute?: null; abandon?: null; bye?: null }|{ message?: "calls"; declare?: null; library?: null; removeLibrary?: null; submit?: null; calls: taskvine.gateway.Calls.$Shape; cancel?: null; prune?: null; undeclare?: null; fetch?: null; query?: null; execute?: null; abandon?: null; bye?: null }|{ message?: "cancel"; declare?: null; library?: null; removeLibrary?: null; submit?: null; calls?: null; cancel: taskvine.gateway.Cancel.$Shape; prune?: null; undeclare?: null; fetch?: null; query?: null; execute?: null; abandon?: null; bye?: null }|{ message?: "prune"; declare?: null; library?: null; removeLibrary?: null; submit?: null; calls?: null; cancel?: null; prune: taskvine.gateway.Prune.$Shape; undeclare?: null; fetch?: null; query?: null; execute?: null; abandon?: null; bye?: null }|{ message?: "undeclare"; declare?: null; library?: null; removeLibrary?: null; submit?: null; calls?: null; cancel?: null; prune?: null; undeclare: taskvine.gateway.Undeclare.$Shape; fetch?: null; query?: null; execute?: null; abandon?: null; bye?: null }|{ message?: "fetch"; declare?: null; library?: null; removeLibrary?: null; submit?: null; calls?: null; cancel?: null; prune?: null; undeclare?: null; fetch: taskvine.gateway.Fetch.$Shape; query?: null; execute?: null; abandon?: null; bye?: null }|{ message?: "query"; declare?: null; library?: null; removeLibrary?: null; submit?: null; calls?: null; cancel?: null; prune?: null; undeclare?: null; fetch?: null; query: taskvine.gateway.Query.$Shape; execute?: null; abandon?: null; bye?: null }|{ message?: "execute"; declare?: null; library?: null; removeLibrary?: null; submit?: null; calls?: null; cancel?: null; prune?: null; undeclare?: null; fetch?: null; query?: null; execute: taskvine.gateway.Execute.$Shape; abandon?: null; bye?: null }|{ message?: "abandon"; declare?: null; library?: null; removeLibrary?: null; submit?: null; calls?: null; cancel?: null; prune?: null; undeclare?: null; fetch?: null; query?: null; execute?: null; abandon: taskvine.gateway.AbandonRequest.$Shape; bye?: null }|{ message?: "bye"; declare?: null; library?: null; removeLibrary?: null; submit?: null; calls?: null; cancel?: null; prune?: null; undeclare?: null; fetch?: null; query?: null; execute?: null; abandon?: null; bye: taskvine.gateway.Bye.$Shape })
            );
        }

        interface IClientBatch extends taskvine.gateway.ClientBatch.$Properties {
        }

        class ClientBatch {
            constructor(properties?: taskvine.gateway.ClientBatch.$Properties);
            $unknowns?: Uint8Array[];
            messages: taskvine.gateway.ClientMessage[];
            static encode(message: taskvine.gateway.ClientBatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.ClientBatch & taskvine.gateway.ClientBatch.$Shape;
        }

        namespace ClientBatch {
            interface $Properties {
                messages?: taskvine.gateway.ClientMessage.$Properties[];
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              messages?: taskvine.gateway.ClientMessage.$Shape[];
              $unknowns?: Uint8Array[];
            };
        }

        interface IReady extends taskvine.gateway.Ready.$Properties {
        }

        class Ready {
            constructor(properties?: taskvine.gateway.Ready.$Properties);
            $unknowns?: Uint8Array[];
            name: string;
            port: number;
            connectionFile: string;
            runDirectory: string;
            inlineBytes: number;
            executors: string[];
            static encode(message: taskvine.gateway.Ready.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Ready & taskvine.gateway.Ready.$Shape;
        }

        namespace Ready {
            interface $Properties {
                name?: string;
                port?: number;
                connectionFile?: string;
                runDirectory?: string;
                inlineBytes?: number;
                executors?: string[];
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Ready.$Properties;
        }

        interface ITrouble extends taskvine.gateway.Trouble.$Properties {
        }

        class Trouble {
            constructor(properties?: taskvine.gateway.Trouble.$Properties);
            $unknowns?: Uint8Array[];
            code: string;
            message: string;
            hint: string;
            static encode(message: taskvine.gateway.Trouble.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Trouble & taskvine.gateway.Trouble.$Shape;
        }

        namespace Trouble {
            interface $Properties {
                code?: string;
                message?: string;
                hint?: string;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Trouble.$Properties;
        }

        interface IStream extends taskvine.gateway.Stream.$Properties {
        }

        class Stream {
            constructor(properties?: taskvine.gateway.Stream.$Properties);
            $unknowns?: Uint8Array[];
            tail: Uint8Array;
            size: (number|Long);
            path: string;
            static encode(message: taskvine.gateway.Stream.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Stream & taskvine.gateway.Stream.$Shape;
        }

        namespace Stream {
            interface $Properties {
                tail?: Uint8Array;
                size?: (number|Long);
                path?: string;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Stream.$Properties;
        }

        interface IMeasured extends taskvine.gateway.Measured.$Properties {
        }

        class Measured {
            constructor(properties?: taskvine.gateway.Measured.$Properties);
            $unknowns?: Uint8Array[];
            wallMs: number;
            cpuMs: (number|null);
            memory: (number|Long|null);
            disk: (number|Long|null);
            processes: (number|null);
            static encode(message: taskvine.gateway.Measured.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Measured & taskvine.gateway.Measured.$Shape;
        }

        namespace Measured {
            interface $Properties {
                wallMs?: number;
                cpuMs?: (number|null);
                memory?: (number|Long|null);
                disk?: (number|Long|null);
                processes?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Measured.$Properties;
        }

        interface IAttemptRecord extends taskvine.gateway.AttemptRecord.$Properties {
        }

        class AttemptRecord {
            constructor(properties?: taskvine.gateway.AttemptRecord.$Properties);
            $unknowns?: Uint8Array[];
            attempt: number;
            worker: number;
            workerName: string;
            host: string;
            assignedAtMs: number;
            endedAtMs: number;
            ended: string;
            allocation: taskvine.gateway.Resources;
            static encode(message: taskvine.gateway.AttemptRecord.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.AttemptRecord & taskvine.gateway.AttemptRecord.$Shape;
        }

        namespace AttemptRecord {
            interface $Properties {
                attempt?: number;
                worker?: number;
                workerName?: string;
                host?: string;
                assignedAtMs?: number;
                endedAtMs?: number;
                ended?: string;
                allocation?: taskvine.gateway.Resources.$Properties;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.AttemptRecord.$Properties;
        }

        interface ICallFailure extends taskvine.gateway.CallFailure.$Properties {
        }

        class CallFailure {
            constructor(properties?: taskvine.gateway.CallFailure.$Properties);
            $unknowns?: Uint8Array[];
            message: string;
            traceback: string;
            exception: Uint8Array;
            static encode(message: taskvine.gateway.CallFailure.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.CallFailure & taskvine.gateway.CallFailure.$Shape;
        }

        namespace CallFailure {
            interface $Properties {
                message?: string;
                traceback?: string;
                exception?: Uint8Array;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.CallFailure.$Properties;
        }

        interface IFinished extends taskvine.gateway.Finished.$Properties {
        }

        class Finished {
            constructor(properties?: taskvine.gateway.Finished.$Properties);
            $unknowns?: Uint8Array[];
            task: number;
            state: string;
            code: string;
            trouble: taskvine.gateway.Trouble;
            exitCode: (number|null);
            signal: string;
            stdout: taskvine.gateway.Stream;
            stderr: taskvine.gateway.Stream;
            exhausted: string[];
            requested: taskvine.gateway.Resources;
            measured: taskvine.gateway.Measured;
            attempts: taskvine.gateway.AttemptRecord[];
            submittedAtMs: number;
            finishedAtMs: number;
            encoding: taskvine.gateway.Encoding;
            value: (Uint8Array|null);
            failure: taskvine.gateway.CallFailure;
            static encode(message: taskvine.gateway.Finished.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Finished & taskvine.gateway.Finished.$Shape;
        }

        namespace Finished {
            interface $Properties {
                task?: number;
                state?: string;
                code?: string;
                trouble?: taskvine.gateway.Trouble.$Properties;
                exitCode?: (number|null);
                signal?: string;
                stdout?: taskvine.gateway.Stream.$Properties;
                stderr?: taskvine.gateway.Stream.$Properties;
                exhausted?: string[];
                requested?: taskvine.gateway.Resources.$Properties;
                measured?: taskvine.gateway.Measured.$Properties;
                attempts?: taskvine.gateway.AttemptRecord.$Properties[];
                submittedAtMs?: number;
                finishedAtMs?: number;
                encoding?: taskvine.gateway.Encoding;
                value?: (Uint8Array|null);
                failure?: taskvine.gateway.CallFailure.$Properties;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Finished.$Properties;
        }

        interface IReturned extends taskvine.gateway.Returned.$Properties {
        }

        class Returned {
            constructor(properties?: taskvine.gateway.Returned.$Properties);
            $unknowns?: Uint8Array[];
            encoding: taskvine.gateway.Encoding;
            tasks: number[];
            values: Uint8Array[];
            attempt: taskvine.gateway.AttemptRecord;
            wallMs: number[];
            cpuMs: number[];
            kept: boolean;
            static encode(message: taskvine.gateway.Returned.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Returned & taskvine.gateway.Returned.$Shape;
        }

        namespace Returned {
            interface $Properties {
                encoding?: taskvine.gateway.Encoding;
                tasks?: number[];
                values?: Uint8Array[];
                attempt?: taskvine.gateway.AttemptRecord.$Properties;
                wallMs?: number[];
                cpuMs?: number[];
                kept?: boolean;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Returned.$Properties;
        }

        interface IRunning extends taskvine.gateway.Running.$Properties {
        }

        class Running {
            constructor(properties?: taskvine.gateway.Running.$Properties);
            $unknowns?: Uint8Array[];
            tasks: number[];
            static encode(message: taskvine.gateway.Running.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Running & taskvine.gateway.Running.$Shape;
        }

        namespace Running {
            interface $Properties {
                tasks?: number[];
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Running.$Properties;
        }

        interface IContent extends taskvine.gateway.Content.$Properties {
        }

        class Content {
            constructor(properties?: taskvine.gateway.Content.$Properties);
            $unknowns?: Uint8Array[];
            request: number;
            data: Uint8Array;
            last: boolean;
            static encode(message: taskvine.gateway.Content.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Content & taskvine.gateway.Content.$Shape;
        }

        namespace Content {
            interface $Properties {
                request?: number;
                data?: Uint8Array;
                last?: boolean;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Content.$Properties;
        }

        interface IAnswer extends taskvine.gateway.Answer.$Properties {
        }

        class Answer {
            constructor(properties?: taskvine.gateway.Answer.$Properties);
            $unknowns?: Uint8Array[];
            request: number;
            answerJson: string;
            attachments: Uint8Array[];
            static encode(message: taskvine.gateway.Answer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Answer & taskvine.gateway.Answer.$Shape;
        }

        namespace Answer {
            interface $Properties {
                request?: number;
                answerJson?: string;
                attachments?: Uint8Array[];
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Answer.$Properties;
        }

        interface IProgress extends taskvine.gateway.Progress.$Properties {
        }

        class Progress {
            constructor(properties?: taskvine.gateway.Progress.$Properties);
            $unknowns?: Uint8Array[];
            request: number;
            progressJson: string;
            attachments: Uint8Array[];
            static encode(message: taskvine.gateway.Progress.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Progress & taskvine.gateway.Progress.$Shape;
        }

        namespace Progress {
            interface $Properties {
                request?: number;
                progressJson?: string;
                attachments?: Uint8Array[];
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Progress.$Properties;
        }

        interface IFailed extends taskvine.gateway.Failed.$Properties {
        }

        class Failed {
            constructor(properties?: taskvine.gateway.Failed.$Properties);
            $unknowns?: Uint8Array[];
            request: number;
            trouble: taskvine.gateway.Trouble;
            static encode(message: taskvine.gateway.Failed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Failed & taskvine.gateway.Failed.$Shape;
        }

        namespace Failed {
            interface $Properties {
                request?: number;
                trouble?: taskvine.gateway.Trouble.$Properties;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Failed.$Properties;
        }

        interface IRefusal extends taskvine.gateway.Refusal.$Properties {
        }

        class Refusal {
            constructor(properties?: taskvine.gateway.Refusal.$Properties);
            $unknowns?: Uint8Array[];
            file: number;
            library: number;
            trouble: taskvine.gateway.Trouble;
            static encode(message: taskvine.gateway.Refusal.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Refusal & taskvine.gateway.Refusal.$Shape;
        }

        namespace Refusal {
            interface $Properties {
                file?: number;
                library?: number;
                trouble?: taskvine.gateway.Trouble.$Properties;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Refusal.$Properties;
        }

        interface IStatus extends taskvine.gateway.Status.$Properties {
        }

        class Status {
            constructor(properties?: taskvine.gateway.Status.$Properties);
            $unknowns?: Uint8Array[];
            workers: number;
            cores: number;
            waiting: (number|Long);
            running: (number|Long);
            done: (number|Long);
            failed: (number|Long);
            static encode(message: taskvine.gateway.Status.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Status & taskvine.gateway.Status.$Shape;
        }

        namespace Status {
            interface $Properties {
                workers?: number;
                cores?: number;
                waiting?: (number|Long);
                running?: (number|Long);
                done?: (number|Long);
                failed?: (number|Long);
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Status.$Properties;
        }

        interface INote extends taskvine.gateway.Note.$Properties {
        }

        class Note {
            constructor(properties?: taskvine.gateway.Note.$Properties);
            $unknowns?: Uint8Array[];
            level: string;
            message: string;
            static encode(message: taskvine.gateway.Note.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.Note & taskvine.gateway.Note.$Shape;
        }

        namespace Note {
            interface $Properties {
                level?: string;
                message?: string;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.gateway.Note.$Properties;
        }

        interface IGatewayMessage extends taskvine.gateway.GatewayMessage.$Properties {
        }

        class GatewayMessage {
            constructor(properties?: taskvine.gateway.GatewayMessage.$Properties);
            $unknowns?: Uint8Array[];
            ready: (taskvine.gateway.Ready|null);
            finished: (taskvine.gateway.Finished|null);
            returned: (taskvine.gateway.Returned|null);
            running: (taskvine.gateway.Running|null);
            content: (taskvine.gateway.Content|null);
            answer: (taskvine.gateway.Answer|null);
            progress: (taskvine.gateway.Progress|null);
            failed: (taskvine.gateway.Failed|null);
            refusal: (taskvine.gateway.Refusal|null);
            status: (taskvine.gateway.Status|null);
            note: (taskvine.gateway.Note|null);
            message?: ("ready"|"finished"|"returned"|"running"|"content"|"answer"|"progress"|"failed"|"refusal"|"status"|"note");
            static encode(message: taskvine.gateway.GatewayMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.GatewayMessage & taskvine.gateway.GatewayMessage.$Shape;
        }

        namespace GatewayMessage {
            interface $Properties {
                ready?: (taskvine.gateway.Ready.$Properties|null);
                finished?: (taskvine.gateway.Finished.$Properties|null);
                returned?: (taskvine.gateway.Returned.$Properties|null);
                running?: (taskvine.gateway.Running.$Properties|null);
                content?: (taskvine.gateway.Content.$Properties|null);
                answer?: (taskvine.gateway.Answer.$Properties|null);
                progress?: (taskvine.gateway.Progress.$Properties|null);
                failed?: (taskvine.gateway.Failed.$Properties|null);
                refusal?: (taskvine.gateway.Refusal.$Properties|null);
                status?: (taskvine.gateway.Status.$Properties|null);
                note?: (taskvine.gateway.Note.$Properties|null);
                message?: ("ready"|"finished"|"returned"|"running"|"content"|"answer"|"progress"|"failed"|"refusal"|"status"|"note");
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              ready?: taskvine.gateway.Ready.$Shape|null;
              finished?: taskvine.gateway.Finished.$Shape|null;
              returned?: taskvine.gateway.Returned.$Shape|null;
              running?: taskvine.gateway.Running.$Shape|null;
              content?: taskvine.gateway.Content.$Shape|null;
              answer?: taskvine.gateway.Answer.$Shape|null;
              progress?: taskvine.gateway.Progress.$Shape|null;
              failed?: taskvine.gateway.Failed.$Shape|null;
              refusal?: taskvine.gateway.Refusal.$Shape|null;
              status?: taskvine.gateway.Status.$Shape|null;
              note?: taskvine.gateway.Note.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ message?: undefined; ready?: null; finished?: null; returned?: null; running?: null; content?: null; answer?: null; progress?: null; failed?: null; refusal?: null; status?: null; note?: null }|{ message?: "ready"; ready: taskvine.gateway.Ready.$Shape; finished?: null; returned?: null; running?: null; content?: null; answer?: null; progress?: null; failed?: null; refusal?: null; status?: null; note?: null }|{ message?: "finished"; ready?: null; finished: taskvine.gateway.Finished.$Shape; returned?: null; running?: null; content?: null; answer?: null; progress?: null; failed?: null; refusal?: null; status?: null; note?: null }|{ message?: "returned"; ready?: null; finished?: null; returned: taskvine.gateway.Returned.$Shape; running?: null; content?: null; answer?: null; progress?: null; failed?: null; refusal?: null; status?: null; note?: null }|{ message?: "running"; ready?: null; finished?: null; returned?: null; running: taskvine.gateway.Running.$Shape; content?: null; answer?: null; progress?: null; failed?: null; refusal?: null; status?: null; note?: null }|{ message?: "content"; ready?: null; finished?: null; returned?: null; running?: null; content: taskvine.gateway.Content.$Shape; answer?: null; progress?: null; failed?: null; refusal?: null; status?: null; note?: null }|{ message?: "answer"; ready?: null; finished?: null; returned?: null; running?: null; content?: null; answer: taskvine.gateway.Answer.$Shape; progress?: null; failed?: null; refusal?: null; status?: null; note?: null }|{ message?: "progress"; ready?: null; finished?: null; returned?: null; running?: null; content?: null; answer?: null; progress: taskvine.gateway.Progress.$Shape; failed?: null; refusal?: null; status?: null; note?: null }|{ message?: "failed"; ready?: null; finished?: null; returned?: null; running?: null; content?: null; answer?: null; progress?: null; failed: taskvine.gateway.Failed.$Shape; refusal?: null; status?: null; note?: null }|{ message?: "refusal"; ready?: null; finished?: null; returned?: null; running?: null; content?: null; answer?: null; progress?: null; failed?: null; refusal: taskvine.gateway.Refusal.$Shape; status?: null; note?: null }|{ message?: "status"; ready?: null; finished?: null; returned?: null; running?: null; content?: null; answer?: null; progress?: null; failed?: null; refusal?: null; status: taskvine.gateway.Status.$Shape; note?: null }|{ message?: "note"; ready?: null; finished?: null; returned?: null; running?: null; content?: null; answer?: null; progress?: null; failed?: null; refusal?: null; status?: null; note: taskvine.gateway.Note.$Shape })
            );
        }

        interface IGatewayBatch extends taskvine.gateway.GatewayBatch.$Properties {
        }

        class GatewayBatch {
            constructor(properties?: taskvine.gateway.GatewayBatch.$Properties);
            $unknowns?: Uint8Array[];
            messages: taskvine.gateway.GatewayMessage[];
            static encode(message: taskvine.gateway.GatewayBatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.gateway.GatewayBatch & taskvine.gateway.GatewayBatch.$Shape;
        }

        namespace GatewayBatch {
            interface $Properties {
                messages?: taskvine.gateway.GatewayMessage.$Properties[];
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              messages?: taskvine.gateway.GatewayMessage.$Shape[];
              $unknowns?: Uint8Array[];
            };
        }
    }

    namespace handshake {

        enum Role {
            ROLE_UNSPECIFIED = 0,
            ROLE_WORKER = 1,
            ROLE_CLIENT = 2
        }

        interface IHello extends taskvine.handshake.Hello.$Properties {
        }

        class Hello {
            constructor(properties?: taskvine.handshake.Hello.$Properties);
            $unknowns?: Uint8Array[];
            role: taskvine.handshake.Role;
            versionMin: number;
            versionMax: number;
            proof: Uint8Array;
            nonce: Uint8Array;
            software: string;
            static encode(message: taskvine.handshake.Hello.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.handshake.Hello & taskvine.handshake.Hello.$Shape;
        }

        namespace Hello {
            interface $Properties {
                role?: taskvine.handshake.Role;
                versionMin?: number;
                versionMax?: number;
                proof?: Uint8Array;
                nonce?: Uint8Array;
                software?: string;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.handshake.Hello.$Properties;
        }

        interface IWelcome extends taskvine.handshake.Welcome.$Properties {
        }

        class Welcome {
            constructor(properties?: taskvine.handshake.Welcome.$Properties);
            $unknowns?: Uint8Array[];
            version: number;
            session: Uint8Array;
            managerName: string;
            software: string;
            managerInstance: string;
            heartbeatMs: number;
            silenceMs: number;
            static encode(message: taskvine.handshake.Welcome.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.handshake.Welcome & taskvine.handshake.Welcome.$Shape;
        }

        namespace Welcome {
            interface $Properties {
                version?: number;
                session?: Uint8Array;
                managerName?: string;
                software?: string;
                managerInstance?: string;
                heartbeatMs?: number;
                silenceMs?: number;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.handshake.Welcome.$Properties;
        }

        interface IRefused extends taskvine.handshake.Refused.$Properties {
        }

        class Refused {
            constructor(properties?: taskvine.handshake.Refused.$Properties);
            $unknowns?: Uint8Array[];
            code: string;
            sentence: string;
            hint: string;
            static encode(message: taskvine.handshake.Refused.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.handshake.Refused & taskvine.handshake.Refused.$Shape;
        }

        namespace Refused {
            interface $Properties {
                code?: string;
                sentence?: string;
                hint?: string;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.handshake.Refused.$Properties;
        }

        interface IHandshake extends taskvine.handshake.Handshake.$Properties {
        }

        class Handshake {
            constructor(properties?: taskvine.handshake.Handshake.$Properties);
            $unknowns?: Uint8Array[];
            hello: (taskvine.handshake.Hello|null);
            welcome: (taskvine.handshake.Welcome|null);
            refused: (taskvine.handshake.Refused|null);
            message?: ("hello"|"welcome"|"refused");
            static encode(message: taskvine.handshake.Handshake.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.handshake.Handshake & taskvine.handshake.Handshake.$Shape;
        }

        namespace Handshake {
            interface $Properties {
                hello?: (taskvine.handshake.Hello.$Properties|null);
                welcome?: (taskvine.handshake.Welcome.$Properties|null);
                refused?: (taskvine.handshake.Refused.$Properties|null);
                message?: ("hello"|"welcome"|"refused");
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              hello?: taskvine.handshake.Hello.$Shape|null;
              welcome?: taskvine.handshake.Welcome.$Shape|null;
              refused?: taskvine.handshake.Refused.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ message?: undefined; hello?: null; welcome?: null; refused?: null }|{ message?: "hello"; hello: taskvine.handshake.Hello.$Shape; welcome?: null; refused?: null }|{ message?: "welcome"; hello?: null; welcome: taskvine.handshake.Welcome.$Shape; refused?: null }|{ message?: "refused"; hello?: null; welcome?: null; refused: taskvine.handshake.Refused.$Shape })
            );
        }

        interface IFrame extends taskvine.handshake.Frame.$Properties {
        }

        class Frame {
            constructor(properties?: taskvine.handshake.Frame.$Properties);
            $unknowns?: Uint8Array[];
            session: Uint8Array;
            sequence: (number|Long);
            batches: Uint8Array[];
            handshake: (taskvine.handshake.Handshake|null);
            heartbeat: (boolean|null);
            goodbye: (taskvine.handshake.Refused|null);
            body?: ("handshake"|"heartbeat"|"goodbye");
            static encode(message: taskvine.handshake.Frame.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.handshake.Frame & taskvine.handshake.Frame.$Shape;
        }

        namespace Frame {
            interface $Properties {
                session?: Uint8Array;
                sequence?: (number|Long);
                batches?: Uint8Array[];
                handshake?: (taskvine.handshake.Handshake.$Properties|null);
                heartbeat?: (boolean|null);
                goodbye?: (taskvine.handshake.Refused.$Properties|null);
                body?: ("handshake"|"heartbeat"|"goodbye");
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              session?: Uint8Array;
              sequence?: number|Long;
              batches?: Uint8Array[];
              handshake?: taskvine.handshake.Handshake.$Shape|null;
              heartbeat?: boolean|null;
              goodbye?: taskvine.handshake.Refused.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ body?: undefined; handshake?: null; heartbeat?: null; goodbye?: null }|{ body?: "handshake"; handshake: taskvine.handshake.Handshake.$Shape; heartbeat?: null; goodbye?: null }|{ body?: "heartbeat"; handshake?: null; heartbeat: boolean; goodbye?: null }|{ body?: "goodbye"; handshake?: null; heartbeat?: null; goodbye: taskvine.handshake.Refused.$Shape })
            );
        }
    }

    namespace worker {

        enum Lifetime {
            LIFETIME_UNSPECIFIED = 0,
            LIFETIME_TASK = 1,
            LIFETIME_WORKFLOW = 2,
            LIFETIME_WORKER = 3,
            LIFETIME_FOREVER = 4
        }

        enum FileKind {
            FILE_KIND_UNSPECIFIED = 0,
            FILE_KIND_FILE = 1,
            FILE_KIND_TREE = 2
        }

        enum OutputCondition {
            OUTPUT_CONDITION_UNSPECIFIED = 0,
            OUTPUT_CONDITION_SUCCESS = 1,
            OUTPUT_CONDITION_FAILURE = 2,
            OUTPUT_CONDITION_ALWAYS = 3
        }

        enum ArchiveFormat {
            ARCHIVE_FORMAT_UNSPECIFIED = 0,
            ARCHIVE_FORMAT_TAR = 1,
            ARCHIVE_FORMAT_TAR_GZ = 2,
            ARCHIVE_FORMAT_TAR_ZST = 3,
            ARCHIVE_FORMAT_ZIP = 4,
            ARCHIVE_FORMAT_GZ = 5
        }

        enum Fault {
            FAULT_UNSPECIFIED = 0,
            FAULT_SOURCE = 1,
            FAULT_DESTINATION = 2,
            FAULT_FILE = 3
        }

        enum ReturnReason {
            RETURN_REASON_UNSPECIFIED = 0,
            RETURN_REASON_RETRACTED = 1,
            RETURN_REASON_INPUT_MISSING = 2,
            RETURN_REASON_LEAVING = 3,
            RETURN_REASON_NO_ROOM = 4,
            RETURN_REASON_LIBRARY_GONE = 5,
            RETURN_REASON_INPUT_DAMAGED = 6
        }

        enum InputUse {
            INPUT_USE_MOUNT = 0,
            INPUT_USE_VALUE = 1,
            INPUT_USE_PATH = 2,
            INPUT_USE_FUNCTION = 3
        }

        enum Encoding {
            ENCODING_UNSPECIFIED = 0,
            ENCODING_JSON = 1,
            ENCODING_PICKLE = 2,
            ENCODING_V8 = 3
        }

        interface IResources extends taskvine.worker.Resources.$Properties {
        }

        class Resources {
            constructor(properties?: taskvine.worker.Resources.$Properties);
            $unknowns?: Uint8Array[];
            cores: number;
            memory: (number|Long);
            disk: (number|Long);
            gpus: number;
            gpuIds: number[];
            static encode(message: taskvine.worker.Resources.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.Resources & taskvine.worker.Resources.$Shape;
        }

        namespace Resources {
            interface $Properties {
                cores?: number;
                memory?: (number|Long);
                disk?: (number|Long);
                gpus?: number;
                gpuIds?: number[];
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.Resources.$Properties;
        }

        interface IEnvVar extends taskvine.worker.EnvVar.$Properties {
        }

        class EnvVar {
            constructor(properties?: taskvine.worker.EnvVar.$Properties);
            $unknowns?: Uint8Array[];
            name: string;
            value: (string|null);
            static encode(message: taskvine.worker.EnvVar.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.EnvVar & taskvine.worker.EnvVar.$Shape;
        }

        namespace EnvVar {
            interface $Properties {
                name?: string;
                value?: (string|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.EnvVar.$Properties;
        }

        interface IInput extends taskvine.worker.Input.$Properties {
        }

        class Input {
            constructor(properties?: taskvine.worker.Input.$Properties);
            $unknowns?: Uint8Array[];
            cacheName: string;
            name: string;
            static encode(message: taskvine.worker.Input.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.Input & taskvine.worker.Input.$Shape;
        }

        namespace Input {
            interface $Properties {
                cacheName?: string;
                name?: string;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.Input.$Properties;
        }

        interface IOutput extends taskvine.worker.Output.$Properties {
        }

        class Output {
            constructor(properties?: taskvine.worker.Output.$Properties);
            $unknowns?: Uint8Array[];
            file: number;
            cacheName: string;
            name: string;
            when: taskvine.worker.OutputCondition;
            lifetime: taskvine.worker.Lifetime;
            watch: boolean;
            static encode(message: taskvine.worker.Output.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.Output & taskvine.worker.Output.$Shape;
        }

        namespace Output {
            interface $Properties {
                file?: number;
                cacheName?: string;
                name?: string;
                when?: taskvine.worker.OutputCondition;
                lifetime?: taskvine.worker.Lifetime;
                watch?: boolean;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.Output.$Properties;
        }

        interface IAssign extends taskvine.worker.Assign.$Properties {
        }

        class Assign {
            constructor(properties?: taskvine.worker.Assign.$Properties);
            $unknowns?: Uint8Array[];
            task: number;
            attempt: number;
            command: string;
            inputs: taskvine.worker.Input[];
            outputs: taskvine.worker.Output[];
            env: taskvine.worker.EnvVar[];
            allocation: taskvine.worker.Resources;
            wallTimeMs: (number|Long);
            endWithinMs: (number|Long);
            copyInputs: boolean;
            static encode(message: taskvine.worker.Assign.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.Assign & taskvine.worker.Assign.$Shape;
        }

        namespace Assign {
            interface $Properties {
                task?: number;
                attempt?: number;
                command?: string;
                inputs?: taskvine.worker.Input.$Properties[];
                outputs?: taskvine.worker.Output.$Properties[];
                env?: taskvine.worker.EnvVar.$Properties[];
                allocation?: taskvine.worker.Resources.$Properties;
                wallTimeMs?: (number|Long);
                endWithinMs?: (number|Long);
                copyInputs?: boolean;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.Assign.$Properties;
        }

        interface IDeploy extends taskvine.worker.Deploy.$Properties {
        }

        class Deploy {
            constructor(properties?: taskvine.worker.Deploy.$Properties);
            $unknowns?: Uint8Array[];
            task: number;
            attempt: number;
            library: string;
            command: string;
            inputs: taskvine.worker.Input[];
            env: taskvine.worker.EnvVar[];
            allocation: taskvine.worker.Resources;
            slots: number;
            startWithinMs: (number|Long);
            static encode(message: taskvine.worker.Deploy.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.Deploy & taskvine.worker.Deploy.$Shape;
        }

        namespace Deploy {
            interface $Properties {
                task?: number;
                attempt?: number;
                library?: string;
                command?: string;
                inputs?: taskvine.worker.Input.$Properties[];
                env?: taskvine.worker.EnvVar.$Properties[];
                allocation?: taskvine.worker.Resources.$Properties;
                slots?: number;
                startWithinMs?: (number|Long);
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.Deploy.$Properties;
        }

        interface ICallInput extends taskvine.worker.CallInput.$Properties {
        }

        class CallInput {
            constructor(properties?: taskvine.worker.CallInput.$Properties);
            $unknowns?: Uint8Array[];
            name: string;
            use: taskvine.worker.InputUse;
            cacheName: string;
            value: (Uint8Array|null);
            static encode(message: taskvine.worker.CallInput.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.CallInput & taskvine.worker.CallInput.$Shape;
        }

        namespace CallInput {
            interface $Properties {
                name?: string;
                use?: taskvine.worker.InputUse;
                cacheName?: string;
                value?: (Uint8Array|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.CallInput.$Properties;
        }

        interface ICall extends taskvine.worker.Call.$Properties {
        }

        class Call {
            constructor(properties?: taskvine.worker.Call.$Properties);
            $unknowns?: Uint8Array[];
            task: number;
            attempt: number;
            instance: number;
            function: string;
            args: Uint8Array;
            encoding: taskvine.worker.Encoding;
            inputs: taskvine.worker.CallInput[];
            outputs: taskvine.worker.Output[];
            value: taskvine.worker.Output;
            keep: boolean;
            wallTimeMs: (number|Long);
            endWithinMs: (number|Long);
            memory: (number|Long);
            linked: boolean;
            static encode(message: taskvine.worker.Call.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.Call & taskvine.worker.Call.$Shape;
        }

        namespace Call {
            interface $Properties {
                task?: number;
                attempt?: number;
                instance?: number;
                "function"?: string;
                args?: Uint8Array;
                encoding?: taskvine.worker.Encoding;
                inputs?: taskvine.worker.CallInput.$Properties[];
                outputs?: taskvine.worker.Output.$Properties[];
                value?: taskvine.worker.Output.$Properties;
                keep?: boolean;
                wallTimeMs?: (number|Long);
                endWithinMs?: (number|Long);
                memory?: (number|Long);
                linked?: boolean;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.Call.$Properties;
        }

        interface IRetract extends taskvine.worker.Retract.$Properties {
        }

        class Retract {
            constructor(properties?: taskvine.worker.Retract.$Properties);
            $unknowns?: Uint8Array[];
            task: number;
            attempt: number;
            static encode(message: taskvine.worker.Retract.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.Retract & taskvine.worker.Retract.$Shape;
        }

        namespace Retract {
            interface $Properties {
                task?: number;
                attempt?: number;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.Retract.$Properties;
        }

        interface IKill extends taskvine.worker.Kill.$Properties {
        }

        class Kill {
            constructor(properties?: taskvine.worker.Kill.$Properties);
            $unknowns?: Uint8Array[];
            task: number;
            attempt: number;
            static encode(message: taskvine.worker.Kill.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.Kill & taskvine.worker.Kill.$Shape;
        }

        namespace Kill {
            interface $Properties {
                task?: number;
                attempt?: number;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.Kill.$Properties;
        }

        interface IDataSource extends taskvine.worker.DataSource.$Properties {
        }

        class DataSource {
            constructor(properties?: taskvine.worker.DataSource.$Properties);
            $unknowns?: Uint8Array[];
            url: string;
            ticket: Uint8Array;
            fingerprint: Uint8Array;
            localPath: string;
            static encode(message: taskvine.worker.DataSource.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.DataSource & taskvine.worker.DataSource.$Shape;
        }

        namespace DataSource {
            interface $Properties {
                url?: string;
                ticket?: Uint8Array;
                fingerprint?: Uint8Array;
                localPath?: string;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.DataSource.$Properties;
        }

        interface IUrlSource extends taskvine.worker.UrlSource.$Properties {
        }

        class UrlSource {
            constructor(properties?: taskvine.worker.UrlSource.$Properties);
            $unknowns?: Uint8Array[];
            url: string;
            etag: string;
            lastModified: string;
            static encode(message: taskvine.worker.UrlSource.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.UrlSource & taskvine.worker.UrlSource.$Shape;
        }

        namespace UrlSource {
            interface $Properties {
                url?: string;
                etag?: string;
                lastModified?: string;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.UrlSource.$Properties;
        }

        interface IFetch extends taskvine.worker.Fetch.$Properties {
        }

        class Fetch {
            constructor(properties?: taskvine.worker.Fetch.$Properties);
            $unknowns?: Uint8Array[];
            transfer: number;
            cacheName: string;
            lifetime: taskvine.worker.Lifetime;
            kind: taskvine.worker.FileKind;
            size: (number|Long|null);
            digest: Uint8Array;
            executable: boolean;
            peer: (taskvine.worker.DataSource|null);
            url: (taskvine.worker.UrlSource|null);
            inline: (Uint8Array|null);
            source?: ("peer"|"url"|"inline");
            static encode(message: taskvine.worker.Fetch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.Fetch & taskvine.worker.Fetch.$Shape;
        }

        namespace Fetch {
            interface $Properties {
                transfer?: number;
                cacheName?: string;
                lifetime?: taskvine.worker.Lifetime;
                kind?: taskvine.worker.FileKind;
                size?: (number|Long|null);
                digest?: Uint8Array;
                executable?: boolean;
                peer?: (taskvine.worker.DataSource.$Properties|null);
                url?: (taskvine.worker.UrlSource.$Properties|null);
                inline?: (Uint8Array|null);
                source?: ("peer"|"url"|"inline");
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              transfer?: number;
              cacheName?: string;
              lifetime?: taskvine.worker.Lifetime;
              kind?: taskvine.worker.FileKind;
              size?: number|Long|null;
              digest?: Uint8Array;
              executable?: boolean;
              peer?: taskvine.worker.DataSource.$Shape|null;
              url?: taskvine.worker.UrlSource.$Shape|null;
              inline?: Uint8Array|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ source?: undefined; peer?: null; url?: null; inline?: null }|{ source?: "peer"; peer: taskvine.worker.DataSource.$Shape; url?: null; inline?: null }|{ source?: "url"; peer?: null; url: taskvine.worker.UrlSource.$Shape; inline?: null }|{ source?: "inline"; peer?: null; url?: null; inline: Uint8Array })
            );
        }

        interface IUnpack extends taskvine.worker.Unpack.$Properties {
        }

        class Unpack {
            constructor(properties?: taskvine.worker.Unpack.$Properties);
            $unknowns?: Uint8Array[];
            archive: string;
            format: taskvine.worker.ArchiveFormat;
            static encode(message: taskvine.worker.Unpack.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.Unpack & taskvine.worker.Unpack.$Shape;
        }

        namespace Unpack {
            interface $Properties {
                archive?: string;
                format?: taskvine.worker.ArchiveFormat;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.Unpack.$Properties;
        }

        interface IMiniTask extends taskvine.worker.MiniTask.$Properties {
        }

        class MiniTask {
            constructor(properties?: taskvine.worker.MiniTask.$Properties);
            $unknowns?: Uint8Array[];
            command: string;
            inputs: taskvine.worker.Input[];
            env: taskvine.worker.EnvVar[];
            output: string;
            static encode(message: taskvine.worker.MiniTask.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.MiniTask & taskvine.worker.MiniTask.$Shape;
        }

        namespace MiniTask {
            interface $Properties {
                command?: string;
                inputs?: taskvine.worker.Input.$Properties[];
                env?: taskvine.worker.EnvVar.$Properties[];
                output?: string;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.MiniTask.$Properties;
        }

        interface IMake extends taskvine.worker.Make.$Properties {
        }

        class Make {
            constructor(properties?: taskvine.worker.Make.$Properties);
            $unknowns?: Uint8Array[];
            transfer: number;
            cacheName: string;
            lifetime: taskvine.worker.Lifetime;
            unpack: (taskvine.worker.Unpack|null);
            miniTask: (taskvine.worker.MiniTask|null);
            recipe?: ("unpack"|"miniTask");
            static encode(message: taskvine.worker.Make.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.Make & taskvine.worker.Make.$Shape;
        }

        namespace Make {
            interface $Properties {
                transfer?: number;
                cacheName?: string;
                lifetime?: taskvine.worker.Lifetime;
                unpack?: (taskvine.worker.Unpack.$Properties|null);
                miniTask?: (taskvine.worker.MiniTask.$Properties|null);
                recipe?: ("unpack"|"miniTask");
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              transfer?: number;
              cacheName?: string;
              lifetime?: taskvine.worker.Lifetime;
              unpack?: taskvine.worker.Unpack.$Shape|null;
              miniTask?: taskvine.worker.MiniTask.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ recipe?: undefined; unpack?: null; miniTask?: null }|{ recipe?: "unpack"; unpack: taskvine.worker.Unpack.$Shape; miniTask?: null }|{ recipe?: "miniTask"; unpack?: null; miniTask: taskvine.worker.MiniTask.$Shape })
            );
        }

        interface IDrop extends taskvine.worker.Drop.$Properties {
        }

        class Drop {
            constructor(properties?: taskvine.worker.Drop.$Properties);
            $unknowns?: Uint8Array[];
            cacheName: string;
            static encode(message: taskvine.worker.Drop.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.Drop & taskvine.worker.Drop.$Shape;
        }

        namespace Drop {
            interface $Properties {
                cacheName?: string;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.Drop.$Properties;
        }

        interface ISetup extends taskvine.worker.Setup.$Properties {
        }

        class Setup {
            constructor(properties?: taskvine.worker.Setup.$Properties);
            $unknowns?: Uint8Array[];
            ticketKey: Uint8Array;
            workerName: string;
            lifeline: (taskvine.worker.DataSource|null);
            static encode(message: taskvine.worker.Setup.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.Setup & taskvine.worker.Setup.$Shape;
        }

        namespace Setup {
            interface $Properties {
                ticketKey?: Uint8Array;
                workerName?: string;
                lifeline?: (taskvine.worker.DataSource.$Properties|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.Setup.$Properties;
        }

        interface IRelease extends taskvine.worker.Release.$Properties {
        }

        class Release {
            constructor(properties?: taskvine.worker.Release.$Properties);
            $unknowns?: Uint8Array[];
            reason: string;
            static encode(message: taskvine.worker.Release.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.Release & taskvine.worker.Release.$Shape;
        }

        namespace Release {
            interface $Properties {
                reason?: string;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.Release.$Properties;
        }

        interface IManagerMessage extends taskvine.worker.ManagerMessage.$Properties {
        }

        class ManagerMessage {
            constructor(properties?: taskvine.worker.ManagerMessage.$Properties);
            $unknowns?: Uint8Array[];
            setup: (taskvine.worker.Setup|null);
            assign: (taskvine.worker.Assign|null);
            retract: (taskvine.worker.Retract|null);
            kill: (taskvine.worker.Kill|null);
            fetch: (taskvine.worker.Fetch|null);
            make: (taskvine.worker.Make|null);
            drop: (taskvine.worker.Drop|null);
            release: (taskvine.worker.Release|null);
            deploy: (taskvine.worker.Deploy|null);
            call: (taskvine.worker.Call|null);
            message?: ("setup"|"assign"|"retract"|"kill"|"fetch"|"make"|"drop"|"release"|"deploy"|"call");
            static encode(message: taskvine.worker.ManagerMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.ManagerMessage & taskvine.worker.ManagerMessage.$Shape;
        }

        namespace ManagerMessage {
            interface $Properties {
                setup?: (taskvine.worker.Setup.$Properties|null);
                assign?: (taskvine.worker.Assign.$Properties|null);
                retract?: (taskvine.worker.Retract.$Properties|null);
                kill?: (taskvine.worker.Kill.$Properties|null);
                fetch?: (taskvine.worker.Fetch.$Properties|null);
                make?: (taskvine.worker.Make.$Properties|null);
                drop?: (taskvine.worker.Drop.$Properties|null);
                release?: (taskvine.worker.Release.$Properties|null);
                deploy?: (taskvine.worker.Deploy.$Properties|null);
                call?: (taskvine.worker.Call.$Properties|null);
                message?: ("setup"|"assign"|"retract"|"kill"|"fetch"|"make"|"drop"|"release"|"deploy"|"call");
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              setup?: taskvine.worker.Setup.$Shape|null;
              assign?: taskvine.worker.Assign.$Shape|null;
              retract?: taskvine.worker.Retract.$Shape|null;
              kill?: taskvine.worker.Kill.$Shape|null;
              fetch?: taskvine.worker.Fetch.$Shape|null;
              make?: taskvine.worker.Make.$Shape|null;
              drop?: taskvine.worker.Drop.$Shape|null;
              release?: taskvine.worker.Release.$Shape|null;
              deploy?: taskvine.worker.Deploy.$Shape|null;
              call?: taskvine.worker.Call.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ message?: undefined; setup?: null; assign?: null; retract?: null; kill?: null; fetch?: null; make?: null; drop?: null; release?: null; deploy?: null; call?: null }|{ message?: "setup"; setup: taskvine.worker.Setup.$Shape; assign?: null; retract?: null; kill?: null; fetch?: null; make?: null; drop?: null; release?: null; deploy?: null; call?: null }|{ message?: "assign"; setup?: null; assign: taskvine.worker.Assign.$Shape; retract?: null; kill?: null; fetch?: null; make?: null; drop?: null; release?: null; deploy?: null; call?: null }|{ message?: "retract"; setup?: null; assign?: null; retract: taskvine.worker.Retract.$Shape; kill?: null; fetch?: null; make?: null; drop?: null; release?: null; deploy?: null; call?: null }|{ message?: "kill"; setup?: null; assign?: null; retract?: null; kill: taskvine.worker.Kill.$Shape; fetch?: null; make?: null; drop?: null; release?: null; deploy?: null; call?: null }|{ message?: "fetch"; setup?: null; assign?: null; retract?: null; kill?: null; fetch: taskvine.worker.Fetch.$Shape; make?: null; drop?: null; release?: null; deploy?: null; call?: null }|{ message?: "make"; setup?: null; assign?: null; retract?: null; kill?: null; fetch?: null; make: taskvine.worker.Make.$Shape; drop?: null; release?: null; deploy?: null; call?: null }|{ message?: "drop"; setup?: null; assign?: null; retract?: null; kill?: null; fetch?: null; make?: null; drop: taskvine.worker.Drop.$Shape; release?: null; deploy?: null; call?: null }|{ message?: "release"; setup?: null; assign?: null; retract?: null; kill?: null; fetch?: null; make?: null; drop?: null; release: taskvine.worker.Release.$Shape; deploy?: null; call?: null }|{ message?: "deploy"; setup?: null; assign?: null; retract?: null; kill?: null; fetch?: null; make?: null; drop?: null; release?: null; deploy: taskvine.worker.Deploy.$Shape; call?: null }|{ message?: "call"; setup?: null; assign?: null; retract?: null; kill?: null; fetch?: null; make?: null; drop?: null; release?: null; deploy?: null; call: taskvine.worker.Call.$Shape })
            );
        }

        interface IManagerBatch extends taskvine.worker.ManagerBatch.$Properties {
        }

        class ManagerBatch {
            constructor(properties?: taskvine.worker.ManagerBatch.$Properties);
            $unknowns?: Uint8Array[];
            messages: taskvine.worker.ManagerMessage[];
            clockMs: (number|Long);
            static encode(message: taskvine.worker.ManagerBatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.ManagerBatch & taskvine.worker.ManagerBatch.$Shape;
        }

        namespace ManagerBatch {
            interface $Properties {
                messages?: taskvine.worker.ManagerMessage.$Properties[];
                clockMs?: (number|Long);
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              messages?: taskvine.worker.ManagerMessage.$Shape[];
              clockMs?: number|Long;
              $unknowns?: Uint8Array[];
            };
        }

        interface IHeld extends taskvine.worker.Held.$Properties {
        }

        class Held {
            constructor(properties?: taskvine.worker.Held.$Properties);
            $unknowns?: Uint8Array[];
            cacheName: string;
            size: (number|Long);
            kind: taskvine.worker.FileKind;
            lifetime: taskvine.worker.Lifetime;
            digest: Uint8Array;
            static encode(message: taskvine.worker.Held.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.Held & taskvine.worker.Held.$Shape;
        }

        namespace Held {
            interface $Properties {
                cacheName?: string;
                size?: (number|Long);
                kind?: taskvine.worker.FileKind;
                lifetime?: taskvine.worker.Lifetime;
                digest?: Uint8Array;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.Held.$Properties;
        }

        interface IIntroduce extends taskvine.worker.Introduce.$Properties {
        }

        class Introduce {
            constructor(properties?: taskvine.worker.Introduce.$Properties);
            $unknowns?: Uint8Array[];
            name: string;
            host: string;
            hostId: string;
            resources: taskvine.worker.Resources;
            features: string[];
            endsWithinMs: (number|Long);
            holds: taskvine.worker.Held[];
            dataHosts: string[];
            dataPort: number;
            dataFingerprint: Uint8Array;
            cachePath: string;
            software: string;
            running: taskvine.worker.RunningAttempt[];
            linksCalls: boolean;
            resumes: Uint8Array;
            static encode(message: taskvine.worker.Introduce.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.Introduce & taskvine.worker.Introduce.$Shape;
        }

        namespace Introduce {
            interface $Properties {
                name?: string;
                host?: string;
                hostId?: string;
                resources?: taskvine.worker.Resources.$Properties;
                features?: string[];
                endsWithinMs?: (number|Long);
                holds?: taskvine.worker.Held.$Properties[];
                dataHosts?: string[];
                dataPort?: number;
                dataFingerprint?: Uint8Array;
                cachePath?: string;
                software?: string;
                running?: taskvine.worker.RunningAttempt.$Properties[];
                linksCalls?: boolean;
                resumes?: Uint8Array;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.Introduce.$Properties;
        }

        interface IRunningAttempt extends taskvine.worker.RunningAttempt.$Properties {
        }

        class RunningAttempt {
            constructor(properties?: taskvine.worker.RunningAttempt.$Properties);
            $unknowns?: Uint8Array[];
            task: number;
            attempt: number;
            static encode(message: taskvine.worker.RunningAttempt.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.RunningAttempt & taskvine.worker.RunningAttempt.$Shape;
        }

        namespace RunningAttempt {
            interface $Properties {
                task?: number;
                attempt?: number;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.RunningAttempt.$Properties;
        }

        interface IStarted extends taskvine.worker.Started.$Properties {
        }

        class Started {
            constructor(properties?: taskvine.worker.Started.$Properties);
            $unknowns?: Uint8Array[];
            task: number;
            attempt: number;
            static encode(message: taskvine.worker.Started.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.Started & taskvine.worker.Started.$Shape;
        }

        namespace Started {
            interface $Properties {
                task?: number;
                attempt?: number;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.Started.$Properties;
        }

        interface IStream extends taskvine.worker.Stream.$Properties {
        }

        class Stream {
            constructor(properties?: taskvine.worker.Stream.$Properties);
            $unknowns?: Uint8Array[];
            tail: Uint8Array;
            size: (number|Long);
            spilled: string;
            truncated: boolean;
            static encode(message: taskvine.worker.Stream.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.Stream & taskvine.worker.Stream.$Shape;
        }

        namespace Stream {
            interface $Properties {
                tail?: Uint8Array;
                size?: (number|Long);
                spilled?: string;
                truncated?: boolean;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.Stream.$Properties;
        }

        interface IOutputReport extends taskvine.worker.OutputReport.$Properties {
        }

        class OutputReport {
            constructor(properties?: taskvine.worker.OutputReport.$Properties);
            $unknowns?: Uint8Array[];
            file: number;
            cacheName: string;
            kind: taskvine.worker.FileKind;
            size: (number|Long);
            digest: Uint8Array;
            bytes: (Uint8Array|null);
            static encode(message: taskvine.worker.OutputReport.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.OutputReport & taskvine.worker.OutputReport.$Shape;
        }

        namespace OutputReport {
            interface $Properties {
                file?: number;
                cacheName?: string;
                kind?: taskvine.worker.FileKind;
                size?: (number|Long);
                digest?: Uint8Array;
                bytes?: (Uint8Array|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.OutputReport.$Properties;
        }

        interface IMeasured extends taskvine.worker.Measured.$Properties {
        }

        class Measured {
            constructor(properties?: taskvine.worker.Measured.$Properties);
            $unknowns?: Uint8Array[];
            wallUs: (number|Long);
            cpuUs: (number|Long|null);
            memory: (number|Long|null);
            disk: (number|Long|null);
            processes: (number|null);
            static encode(message: taskvine.worker.Measured.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.Measured & taskvine.worker.Measured.$Shape;
        }

        namespace Measured {
            interface $Properties {
                wallUs?: (number|Long);
                cpuUs?: (number|Long|null);
                memory?: (number|Long|null);
                disk?: (number|Long|null);
                processes?: (number|null);
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.Measured.$Properties;
        }

        interface IEnded extends taskvine.worker.Ended.$Properties {
        }

        class Ended {
            constructor(properties?: taskvine.worker.Ended.$Properties);
            $unknowns?: Uint8Array[];
            task: number;
            attempt: number;
            code: string;
            exitCode: (number|null);
            signal: string;
            message: string;
            exhausted: string[];
            stdout: taskvine.worker.Stream;
            stderr: taskvine.worker.Stream;
            outputs: taskvine.worker.OutputReport[];
            measured: taskvine.worker.Measured;
            queuedUs: (number|Long);
            stagedUs: (number|Long);
            ranUs: (number|Long);
            collectedUs: (number|Long);
            static encode(message: taskvine.worker.Ended.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.Ended & taskvine.worker.Ended.$Shape;
        }

        namespace Ended {
            interface $Properties {
                task?: number;
                attempt?: number;
                code?: string;
                exitCode?: (number|null);
                signal?: string;
                message?: string;
                exhausted?: string[];
                stdout?: taskvine.worker.Stream.$Properties;
                stderr?: taskvine.worker.Stream.$Properties;
                outputs?: taskvine.worker.OutputReport.$Properties[];
                measured?: taskvine.worker.Measured.$Properties;
                queuedUs?: (number|Long);
                stagedUs?: (number|Long);
                ranUs?: (number|Long);
                collectedUs?: (number|Long);
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.Ended.$Properties;
        }

        interface ILibraryReady extends taskvine.worker.LibraryReady.$Properties {
        }

        class LibraryReady {
            constructor(properties?: taskvine.worker.LibraryReady.$Properties);
            $unknowns?: Uint8Array[];
            task: number;
            attempt: number;
            slots: number;
            functions: string[];
            anyFunction: boolean;
            static encode(message: taskvine.worker.LibraryReady.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.LibraryReady & taskvine.worker.LibraryReady.$Shape;
        }

        namespace LibraryReady {
            interface $Properties {
                task?: number;
                attempt?: number;
                slots?: number;
                functions?: string[];
                anyFunction?: boolean;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.LibraryReady.$Properties;
        }

        interface ICallFailure extends taskvine.worker.CallFailure.$Properties {
        }

        class CallFailure {
            constructor(properties?: taskvine.worker.CallFailure.$Properties);
            $unknowns?: Uint8Array[];
            message: string;
            traceback: string;
            exception: Uint8Array;
            static encode(message: taskvine.worker.CallFailure.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.CallFailure & taskvine.worker.CallFailure.$Shape;
        }

        namespace CallFailure {
            interface $Properties {
                message?: string;
                traceback?: string;
                exception?: Uint8Array;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.CallFailure.$Properties;
        }

        interface ICallEnded extends taskvine.worker.CallEnded.$Properties {
        }

        class CallEnded {
            constructor(properties?: taskvine.worker.CallEnded.$Properties);
            $unknowns?: Uint8Array[];
            task: number;
            attempt: number;
            code: string;
            encoding: taskvine.worker.Encoding;
            value: Uint8Array;
            spilled: string;
            spilledSize: (number|Long);
            failure: taskvine.worker.CallFailure;
            message: string;
            exitCode: (number|null);
            signal: string;
            exhausted: string[];
            outputs: taskvine.worker.OutputReport[];
            stdout: Uint8Array;
            stdoutSize: (number|Long);
            stderr: Uint8Array;
            stderrSize: (number|Long);
            wallUs: (number|Long);
            cpuUs: (number|Long|null);
            memory: (number|Long|null);
            queuedUs: (number|Long);
            static encode(message: taskvine.worker.CallEnded.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.CallEnded & taskvine.worker.CallEnded.$Shape;
        }

        namespace CallEnded {
            interface $Properties {
                task?: number;
                attempt?: number;
                code?: string;
                encoding?: taskvine.worker.Encoding;
                value?: Uint8Array;
                spilled?: string;
                spilledSize?: (number|Long);
                failure?: taskvine.worker.CallFailure.$Properties;
                message?: string;
                exitCode?: (number|null);
                signal?: string;
                exhausted?: string[];
                outputs?: taskvine.worker.OutputReport.$Properties[];
                stdout?: Uint8Array;
                stdoutSize?: (number|Long);
                stderr?: Uint8Array;
                stderrSize?: (number|Long);
                wallUs?: (number|Long);
                cpuUs?: (number|Long|null);
                memory?: (number|Long|null);
                queuedUs?: (number|Long);
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.CallEnded.$Properties;
        }

        interface IReturned extends taskvine.worker.Returned.$Properties {
        }

        class Returned {
            constructor(properties?: taskvine.worker.Returned.$Properties);
            $unknowns?: Uint8Array[];
            task: number;
            attempt: number;
            reason: taskvine.worker.ReturnReason;
            message: string;
            static encode(message: taskvine.worker.Returned.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.Returned & taskvine.worker.Returned.$Shape;
        }

        namespace Returned {
            interface $Properties {
                task?: number;
                attempt?: number;
                reason?: taskvine.worker.ReturnReason;
                message?: string;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.Returned.$Properties;
        }

        interface IReplicaReady extends taskvine.worker.ReplicaReady.$Properties {
        }

        class ReplicaReady {
            constructor(properties?: taskvine.worker.ReplicaReady.$Properties);
            $unknowns?: Uint8Array[];
            transfer: number;
            size: (number|Long);
            digest: Uint8Array;
            kind: taskvine.worker.FileKind;
            static encode(message: taskvine.worker.ReplicaReady.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.ReplicaReady & taskvine.worker.ReplicaReady.$Shape;
        }

        namespace ReplicaReady {
            interface $Properties {
                transfer?: number;
                size?: (number|Long);
                digest?: Uint8Array;
                kind?: taskvine.worker.FileKind;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.ReplicaReady.$Properties;
        }

        interface IReplicaGone extends taskvine.worker.ReplicaGone.$Properties {
        }

        class ReplicaGone {
            constructor(properties?: taskvine.worker.ReplicaGone.$Properties);
            $unknowns?: Uint8Array[];
            cacheName: string;
            reason: string;
            static encode(message: taskvine.worker.ReplicaGone.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.ReplicaGone & taskvine.worker.ReplicaGone.$Shape;
        }

        namespace ReplicaGone {
            interface $Properties {
                cacheName?: string;
                reason?: string;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.ReplicaGone.$Properties;
        }

        interface ITransferFailed extends taskvine.worker.TransferFailed.$Properties {
        }

        class TransferFailed {
            constructor(properties?: taskvine.worker.TransferFailed.$Properties);
            $unknowns?: Uint8Array[];
            transfer: number;
            error: string;
            message: string;
            fault: taskvine.worker.Fault;
            static encode(message: taskvine.worker.TransferFailed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.TransferFailed & taskvine.worker.TransferFailed.$Shape;
        }

        namespace TransferFailed {
            interface $Properties {
                transfer?: number;
                error?: string;
                message?: string;
                fault?: taskvine.worker.Fault;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.TransferFailed.$Properties;
        }

        interface IWatched extends taskvine.worker.Watched.$Properties {
        }

        class Watched {
            constructor(properties?: taskvine.worker.Watched.$Properties);
            $unknowns?: Uint8Array[];
            task: number;
            attempt: number;
            file: number;
            offset: (number|Long);
            data: Uint8Array;
            static encode(message: taskvine.worker.Watched.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.Watched & taskvine.worker.Watched.$Shape;
        }

        namespace Watched {
            interface $Properties {
                task?: number;
                attempt?: number;
                file?: number;
                offset?: (number|Long);
                data?: Uint8Array;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.Watched.$Properties;
        }

        interface ILeaving extends taskvine.worker.Leaving.$Properties {
        }

        class Leaving {
            constructor(properties?: taskvine.worker.Leaving.$Properties);
            $unknowns?: Uint8Array[];
            reason: string;
            static encode(message: taskvine.worker.Leaving.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.Leaving & taskvine.worker.Leaving.$Shape;
        }

        namespace Leaving {
            interface $Properties {
                reason?: string;
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.Leaving.$Properties;
        }

        interface IWorkerMessage extends taskvine.worker.WorkerMessage.$Properties {
        }

        class WorkerMessage {
            constructor(properties?: taskvine.worker.WorkerMessage.$Properties);
            $unknowns?: Uint8Array[];
            introduce: (taskvine.worker.Introduce|null);
            started: (taskvine.worker.Started|null);
            ended: (taskvine.worker.Ended|null);
            returned: (taskvine.worker.Returned|null);
            replicaReady: (taskvine.worker.ReplicaReady|null);
            replicaGone: (taskvine.worker.ReplicaGone|null);
            transferFailed: (taskvine.worker.TransferFailed|null);
            watched: (taskvine.worker.Watched|null);
            leaving: (taskvine.worker.Leaving|null);
            libraryReady: (taskvine.worker.LibraryReady|null);
            callEnded: (taskvine.worker.CallEnded|null);
            message?: ("introduce"|"started"|"ended"|"returned"|"replicaReady"|"replicaGone"|"transferFailed"|"watched"|"leaving"|"libraryReady"|"callEnded");
            static encode(message: taskvine.worker.WorkerMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.WorkerMessage & taskvine.worker.WorkerMessage.$Shape;
        }

        namespace WorkerMessage {
            interface $Properties {
                introduce?: (taskvine.worker.Introduce.$Properties|null);
                started?: (taskvine.worker.Started.$Properties|null);
                ended?: (taskvine.worker.Ended.$Properties|null);
                returned?: (taskvine.worker.Returned.$Properties|null);
                replicaReady?: (taskvine.worker.ReplicaReady.$Properties|null);
                replicaGone?: (taskvine.worker.ReplicaGone.$Properties|null);
                transferFailed?: (taskvine.worker.TransferFailed.$Properties|null);
                watched?: (taskvine.worker.Watched.$Properties|null);
                leaving?: (taskvine.worker.Leaving.$Properties|null);
                libraryReady?: (taskvine.worker.LibraryReady.$Properties|null);
                callEnded?: (taskvine.worker.CallEnded.$Properties|null);
                message?: ("introduce"|"started"|"ended"|"returned"|"replicaReady"|"replicaGone"|"transferFailed"|"watched"|"leaving"|"libraryReady"|"callEnded");
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              introduce?: taskvine.worker.Introduce.$Shape|null;
              started?: taskvine.worker.Started.$Shape|null;
              ended?: taskvine.worker.Ended.$Shape|null;
              returned?: taskvine.worker.Returned.$Shape|null;
              replicaReady?: taskvine.worker.ReplicaReady.$Shape|null;
              replicaGone?: taskvine.worker.ReplicaGone.$Shape|null;
              transferFailed?: taskvine.worker.TransferFailed.$Shape|null;
              watched?: taskvine.worker.Watched.$Shape|null;
              leaving?: taskvine.worker.Leaving.$Shape|null;
              libraryReady?: taskvine.worker.LibraryReady.$Shape|null;
              callEnded?: taskvine.worker.CallEnded.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ message?: undefined; introduce?: null; started?: null; ended?: null; returned?: null; replicaReady?: null; replicaGone?: null; transferFailed?: null; watched?: null; leaving?: null; libraryReady?: null; callEnded?: null }|{ message?: "introduce"; introduce: taskvine.worker.Introduce.$Shape; started?: null; ended?: null; returned?: null; replicaReady?: null; replicaGone?: null; transferFailed?: null; watched?: null; leaving?: null; libraryReady?: null; callEnded?: null }|{ message?: "started"; introduce?: null; started: taskvine.worker.Started.$Shape; ended?: null; returned?: null; replicaReady?: null; replicaGone?: null; transferFailed?: null; watched?: null; leaving?: null; libraryReady?: null; callEnded?: null }|{ message?: "ended"; introduce?: null; started?: null; ended: taskvine.worker.Ended.$Shape; returned?: null; replicaReady?: null; replicaGone?: null; transferFailed?: null; watched?: null; leaving?: null; libraryReady?: null; callEnded?: null }|{ message?: "returned"; introduce?: null; started?: null; ended?: null; returned: taskvine.worker.Returned.$Shape; replicaReady?: null; replicaGone?: null; transferFailed?: null; watched?: null; leaving?: null; libraryReady?: null; callEnded?: null }|{ message?: "replicaReady"; introduce?: null; started?: null; ended?: null; returned?: null; replicaReady: taskvine.worker.ReplicaReady.$Shape; replicaGone?: null; transferFailed?: null; watched?: null; leaving?: null; libraryReady?: null; callEnded?: null }|{ message?: "replicaGone"; introduce?: null; started?: null; ended?: null; returned?: null; replicaReady?: null; replicaGone: taskvine.worker.ReplicaGone.$Shape; transferFailed?: null; watched?: null; leaving?: null; libraryReady?: null; callEnded?: null }|{ message?: "transferFailed"; introduce?: null; started?: null; ended?: null; returned?: null; replicaReady?: null; replicaGone?: null; transferFailed: taskvine.worker.TransferFailed.$Shape; watched?: null; leaving?: null; libraryReady?: null; callEnded?: null }|{ message?: "watched"; introduce?: null; started?: null; ended?: null; returned?: null; replicaReady?: null; replicaGone?: null; transferFailed?: null; watched: taskvine.worker.Watched.$Shape; leaving?: null; libraryReady?: null; callEnded?: null }|{ message?: "leaving"; introduce?: null; started?: null; ended?: null; returned?: null; replicaReady?: null; replicaGone?: null; transferFailed?: null; watched?: null; leaving: taskvine.worker.Leaving.$Shape; libraryReady?: null; callEnded?: null }|{ message?: "libraryReady"; introduce?: null; started?: null; ended?: null; returned?: null; replicaReady?: null; replicaGone?: null; transferFailed?: null; watched?: null; leaving?: null; libraryReady: taskvine.worker.LibraryReady.$Shape; callEnded?: null }|{ message?: "callEnded"; introduce?: null; started?: null; ended?: null; returned?: null; replicaReady?: null; replicaGone?: null; transferFailed?: null; watched?: null; leaving?: null; libraryReady?: null; callEnded: taskvine.worker.CallEnded.$Shape })
            );
        }

        interface IWorkerBatch extends taskvine.worker.WorkerBatch.$Properties {
        }

        class WorkerBatch {
            constructor(properties?: taskvine.worker.WorkerBatch.$Properties);
            $unknowns?: Uint8Array[];
            messages: taskvine.worker.WorkerMessage[];
            static encode(message: taskvine.worker.WorkerBatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): taskvine.worker.WorkerBatch & taskvine.worker.WorkerBatch.$Shape;
        }

        namespace WorkerBatch {
            interface $Properties {
                messages?: taskvine.worker.WorkerMessage.$Properties[];
                $unknowns?: Uint8Array[];
            }
            type $Shape = {
              messages?: taskvine.worker.WorkerMessage.$Shape[];
              $unknowns?: Uint8Array[];
            };
        }
    }
}
