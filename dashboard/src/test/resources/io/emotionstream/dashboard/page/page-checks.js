// SPDX-License-Identifier: Apache-2.0
// Checks of the page's modules, run by PageIT in the page itself; its value is a list of what failed.
(async () => {
  const { EventParser, backOff } = await import('/assets/event-stream.js');
  const { read, write } = await import('/assets/address.js');
  const { nice, ticks, timeTicks } = await import('/assets/stack.js');
  const { duration, latency, share, toLocalInput } = await import('/assets/format.js');
  const failures = [];
  const same = (name, actual, expected) => {
    const [is, shall] = [JSON.stringify(actual), JSON.stringify(expected)];
    if (is !== shall) failures.push(`${name}: is ${is}, shall be ${shall}`);
  };

  const text = ': alive\n\nevent: update\nid: 7\ndata: {"a":\ndata: 1}\n\nid: 8\r\ndata: x\r\n\r\n';
  const expected = [{ event: 'update', id: '7', data: '{"a":\n1}' }, { event: 'message', id: '8', data: 'x' }];
  for (let cut = 1; cut < text.length; cut++) {
    const parser = new EventParser();
    same(`events cut at ${cut}`, [...parser.push(text.slice(0, cut)), ...parser.push(text.slice(cut))], expected);
  }

  same('first wait', [backOff(0, 0), backOff(0, 0.999) < 500], [250, true]);
  same('longest wait', [backOff(20, 0), backOff(20, 0.999) <= 30000], [15000, true]);

  const addresses = [
    '/?view=live', '/?view=live&state=gone&query=a%26b&sort=faces&limit=48&offset=96&layout=table&bars=shares&scale=same',
    '/?view=history&camera=a&camera=b+c',
    '/?view=history&range=own&from=2026-01-01T00%3A00%3A00.000Z&to=2026-01-02T00%3A00%3A00.000Z&resolution=1h&size=60000&columns=corrected'];
  for (const address of addresses) same('address', write(read(address.slice(1))), address);
  same('nonsense', write(read('?view=x&state=y&offset=-3&limit=1e9&range=own&from=b&to=a')), '/?view=live');
  same('a range without its name', read('?view=history&from=2026-01-01T00:00:00Z&to=2026-01-01T01:00:00Z').range, 'own');

  same('axis', [0, 1, 3, 7, 12, 1234].map(nice), [1, 1, 5, 10, 20, 2000]);
  same('ticks', ticks(38), [0, 10, 20, 30, 40]);
  const hour = timeTicks(Date.UTC(2026, 0, 1, 10, 1), Date.UTC(2026, 0, 1, 11, 1), 6);
  same('time ticks', [hour.step, hour.times.length], [600000, 6]);

  same('shares', [share(0, 0), share(0, 9), share(1, 1000), share(999, 1000), share(1, 2)], ['–', '0%', '<1%', '>99%', '50%']);
  const parts = (text) => text.match(/^([\d.]+) ?(..)/).slice(1);
  same('durations', [1500, 90000, 100000, 900000, 5400000, 86400000].map(duration).map(parts),
    [['1.5', 'se'], ['1.5', 'mi'], ['100', 'se'], ['15', 'mi'], ['1.5', 'hr'], ['1', 'da']]);
  same('latencies', [48, 1500, 97900, 900000].map(latency).map(parts),
    [['48', 'ms'], ['1.5', 'se'], ['97.9', 'se'], ['15', 'mi']]);
  const time = Date.UTC(2026, 5, 1, 12, 30, 15);
  same('local input', new Date(toLocalInput(time)).getTime(), time);
  return failures;
})()
