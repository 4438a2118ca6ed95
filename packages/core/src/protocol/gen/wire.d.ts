// Made by scripts/gen.mjs from packages/core/proto/. Do not edit: run `npm run gen`.
import * as $protobuf from "protobufjs";
interface Long { toNumber(): number }

export namespace taskvine {

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
            RETURN_REASON_NO_ROOM = 4
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
                $unknowns?: Uint8Array[];
            }
            type $Shape = taskvine.worker.Assign.$Properties;
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
            message?: ("setup"|"assign"|"retract"|"kill"|"fetch"|"make"|"drop"|"release");
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
                message?: ("setup"|"assign"|"retract"|"kill"|"fetch"|"make"|"drop"|"release");
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
              $unknowns?: Uint8Array[];
            } & (
              ({ message?: undefined; setup?: null; assign?: null; retract?: null; kill?: null; fetch?: null; make?: null; drop?: null; release?: null }|{ message?: "setup"; setup: taskvine.worker.Setup.$Shape; assign?: null; retract?: null; kill?: null; fetch?: null; make?: null; drop?: null; release?: null }|{ message?: "assign"; setup?: null; assign: taskvine.worker.Assign.$Shape; retract?: null; kill?: null; fetch?: null; make?: null; drop?: null; release?: null }|{ message?: "retract"; setup?: null; assign?: null; retract: taskvine.worker.Retract.$Shape; kill?: null; fetch?: null; make?: null; drop?: null; release?: null }|{ message?: "kill"; setup?: null; assign?: null; retract?: null; kill: taskvine.worker.Kill.$Shape; fetch?: null; make?: null; drop?: null; release?: null }|{ message?: "fetch"; setup?: null; assign?: null; retract?: null; kill?: null; fetch: taskvine.worker.Fetch.$Shape; make?: null; drop?: null; release?: null }|{ message?: "make"; setup?: null; assign?: null; retract?: null; kill?: null; fetch?: null; make: taskvine.worker.Make.$Shape; drop?: null; release?: null }|{ message?: "drop"; setup?: null; assign?: null; retract?: null; kill?: null; fetch?: null; make?: null; drop: taskvine.worker.Drop.$Shape; release?: null }|{ message?: "release"; setup?: null; assign?: null; retract?: null; kill?: null; fetch?: null; make?: null; drop?: null; release: taskvine.worker.Release.$Shape })
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
            message?: ("introduce"|"started"|"ended"|"returned"|"replicaReady"|"replicaGone"|"transferFailed"|"watched"|"leaving");
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
                message?: ("introduce"|"started"|"ended"|"returned"|"replicaReady"|"replicaGone"|"transferFailed"|"watched"|"leaving");
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
              $unknowns?: Uint8Array[];
            } & (
              ({ message?: undefined; introduce?: null; started?: null; ended?: null; returned?: null; replicaReady?: null; replicaGone?: null; transferFailed?: null; watched?: null; leaving?: null }|{ message?: "introduce"; introduce: taskvine.worker.Introduce.$Shape; started?: null; ended?: null; returned?: null; replicaReady?: null; replicaGone?: null; transferFailed?: null; watched?: null; leaving?: null }|{ message?: "started"; introduce?: null; started: taskvine.worker.Started.$Shape; ended?: null; returned?: null; replicaReady?: null; replicaGone?: null; transferFailed?: null; watched?: null; leaving?: null }|{ message?: "ended"; introduce?: null; started?: null; ended: taskvine.worker.Ended.$Shape; returned?: null; replicaReady?: null; replicaGone?: null; transferFailed?: null; watched?: null; leaving?: null }|{ message?: "returned"; introduce?: null; started?: null; ended?: null; returned: taskvine.worker.Returned.$Shape; replicaReady?: null; replicaGone?: null; transferFailed?: null; watched?: null; leaving?: null }|{ message?: "replicaReady"; introduce?: null; started?: null; ended?: null; returned?: null; replicaReady: taskvine.worker.ReplicaReady.$Shape; replicaGone?: null; transferFailed?: null; watched?: null; leaving?: null }|{ message?: "replicaGone"; introduce?: null; started?: null; ended?: null; returned?: null; replicaReady?: null; replicaGone: taskvine.worker.ReplicaGone.$Shape; transferFailed?: null; watched?: null; leaving?: null }|{ message?: "transferFailed"; introduce?: null; started?: null; ended?: null; returned?: null; replicaReady?: null; replicaGone?: null; transferFailed: taskvine.worker.TransferFailed.$Shape; watched?: null; leaving?: null }|{ message?: "watched"; introduce?: null; started?: null; ended?: null; returned?: null; replicaReady?: null; replicaGone?: null; transferFailed?: null; watched: taskvine.worker.Watched.$Shape; leaving?: null }|{ message?: "leaving"; introduce?: null; started?: null; ended?: null; returned?: null; replicaReady?: null; replicaGone?: null; transferFailed?: null; watched?: null; leaving: taskvine.worker.Leaving.$Shape })
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
