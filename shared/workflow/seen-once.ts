// A world that holds still: each question is asked once, and time does not pass. What is decided twice in it was decided from
// the same answers.
import type { RunPorts } from './world.ts';

export function seenOnce(ports: RunPorts): RunPorts {
  const { broker, marketData, runStore, artifacts, killSwitch, highWaterMarks, ledgers } = ports;
  const now = ports.clock.now();
  return {
    ...ports,
    clock: { now: () => now },
    broker: {
      capabilities: broker.capabilities,
      account: once(() => broker.account()),
      positions: once(() => broker.positions()),
      openOrders: once(() => broker.openOrders()),
      orderByClientOrderId: once((id) => broker.orderByClientOrderId(id)),
      calendar: once((from, to) => broker.calendar(from, to)),
      assets: once((symbols) => broker.assets(symbols)),
      activities: once((from) => broker.activities(from)),
      submit: (intent) => broker.submit(intent),
      cancel: (orderId) => broker.cancel(orderId),
    },
    marketData: {
      dailyBars: once((symbols, from, to, adjustment) => marketData.dailyBars(symbols, from, to, adjustment)),
      latestQuotes: once((symbols) => marketData.latestQuotes(symbols)),
    },
    runStore: {
      claim: (record) => runStore.claim(record),
      save: (record) => runStore.save(record),
      load: once((runId) => runStore.load(runId)),
      list: once((portfolio, limit) => runStore.list(portfolio, limit)),
    },
    artifacts: { put: (hash, text) => artifacts.put(hash, text), get: once((hash) => artifacts.get(hash)) },
    killSwitch: {
      read: once((portfolio) => killSwitch.read(portfolio)),
      readOne: once((portfolio) => killSwitch.readOne(portfolio)),
      turns: once((portfolio, limit) => killSwitch.turns(portfolio, limit)),
      turnOn: (portfolio, note) => killSwitch.turnOn(portfolio, note),
      turnOff: (portfolio, note) => killSwitch.turnOff(portfolio, note),
    },
    highWaterMarks: {
      read: once((portfolio) => highWaterMarks.read(portfolio)),
      move: (portfolio, before, after) => highWaterMarks.move(portfolio, before, after),
    },
    ledgers: { load: once((portfolio) => ledgers.load(portfolio)), save: (record) => ledgers.save(record) },
  };
}

function once<Questions extends readonly unknown[], Answer>(ask: (...questions: Questions) => Promise<Answer>) {
  const answers = new Map<string, Promise<Answer>>();
  return (...questions: Questions): Promise<Answer> => {
    const key = JSON.stringify(questions);
    const answer = answers.get(key) ?? ask(...questions);
    answers.set(key, answer);
    return answer;
  };
}
