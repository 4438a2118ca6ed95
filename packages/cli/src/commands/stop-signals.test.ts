import { expect } from "chai";
import sinon from "sinon";
import { StopSignals } from "./stop-signals.js";

describe("signals to a worker", () => {
  let clock: sinon.SinonFakeTimers;
  let exit: sinon.SinonStub;
  let signals: StopSignals;
  const stop = sinon.stub();

  beforeEach(() => {
    clock = sinon.useFakeTimers({ toFake: ["performance"] });
    exit = sinon.stub(process, "exit");
    stop.reset();
    signals = new StopSignals(false);
  });
  afterEach(() => {
    signals.close();
    exit.restore();
    clock.restore();
  });

  it("that come together are one request, to end in good order", () => {
    signals.attend({ stop });
    process.emit("SIGHUP", "SIGHUP");
    clock.tick(100);
    process.emit("SIGTERM", "SIGTERM");
    sinon.assert.calledOnceWithExactly(stop, "received SIGHUP");
    expect(exit.called).to.equal(false);
  });

  it("end the process at once when asked again later", () => {
    signals.attend({ stop });
    process.emit("SIGTERM", "SIGTERM");
    clock.tick(1_000);
    process.emit("SIGTERM", "SIGTERM");
    expect(exit.calledOnce).to.equal(true);
  });

  it("that came before there was a worker end it when it is there", () => {
    process.emit("SIGTERM", "SIGTERM");
    signals.attend({ stop });
    expect(stop.calledOnce).to.equal(true);
  });
});
