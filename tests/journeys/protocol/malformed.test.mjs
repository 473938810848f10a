// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Requests that are wrong in themselves: every route, framing, sizes, deadlines (protocol 1.2, 1.3; style 2.14).

import assert from 'node:assert/strict';
import http from 'node:http';
import net from 'node:net';
import { describe, test } from 'node:test';

import { ok } from '../lib/fakeapp.mjs';
import { until } from '../lib/wait.mjs';
import { isAlive, parse, raw, refused, refusedV1, suiteServer, unknownUlid } from './journey.mjs';

const suite = suiteServer();

const post = (target, body, headers) => suite.server.request('POST', target, body, headers);

// Each route with its methods; a path of `*` is a ULID that nobody has.
const routes = {
    '/health': ['GET'], '/dev': ['GET'], '/fn/register': ['POST', 'PUT'], '/fn/remove': ['DELETE'], '/e/test': ['POST'],
    '/invoke/app-f': ['POST'], '/v0/runs/*/batch': ['GET'], '/v0/runs/*/actions': ['GET'], '/v0/runs/*': ['DELETE'],
    '/v1/events': ['GET'], '/v1/events/*': ['GET'], '/v1/events/*/runs': ['GET'], '/v1/runs/*': ['GET', 'DELETE'],
    '/v1/runs/*/jobs': ['GET'], '/v1/runs/*/timeline': ['GET'], '/v1/runs/*/attempts': ['GET'], '/v1/runs/*/rerun': ['POST'],
    '/v1/apps/nobody/functions': ['GET'], '/v1/dead-letters': ['GET'], '/v1/dead-letters/groups': ['GET'], '/v1/dead-letters/*': ['GET'],
    '/v1/dead-letters/retry': ['GET', 'POST'], // GET: as the letter of that id, which is none
    '/v1/dead-letters/*/retry': ['POST'], '/v1/dead-letters/*/discard': ['POST'], '/v1/dead-letters/*/restore': ['POST'],
};

describe('routes', { concurrency: 64 }, () => {
    for (const [pattern, methods] of Object.entries(routes)) {
        const target = pattern.replace('*', unknownUlid);
        test(`${pattern}: other methods are 405 and name the right ones`, async () => {
            for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'BREW']) {
                if (methods.includes(method))
                    continue;
                const answer = await suite.server.request(method, target, method === 'GET' ? undefined : '{}');
                refusedV1(answer, 405, new RegExp(method));
                for (const allowed of methods)
                    assert.ok(answer.headers.get('allow').split(', ').includes(allowed), answer.headers.get('allow'));
            }
        });

        test(`${pattern}: nonsense as body and query is never a 500`, async () => {
            const bodies = ['', '{', '[]', 'null', '"x"', '{"a":1}', '\u0000', '['.repeat(5000), Buffer.from([0xff, 0xfe, 0x00]), `{"reason":${'9'.repeat(5000)}}`];
            for (const method of methods) {
                for (const body of method === 'GET' ? [undefined] : bodies) {
                    for (const query of ['', '?', '?=&&=', '?limit', '?limit=%', '?cursor=%00&state=%ff', `?url=${'a'.repeat(3000)}`]) {
                        const answer = await suite.server.request(method, target + query, body);
                        assert.ok(answer.status < 500, `${method} ${target}${query} ${body}: ${answer.status} ${answer.text}`);
                        if (answer.status >= 400) {
                            assert.equal(typeof answer.json?.error, 'string', `${method} ${target}${query}: ${answer.text}`);
                            assert.ok(answer.json.error.length > 3);
                        }
                    }
                }
            }
        });
    }

    test('paths that nobody serves are 404', async () => {
        for (const target of ['/', '/v1', '/v1/', '/v1/nothing', '/e/a/b', '/fn', '/fn/step', '/v1/runs', '/v1/runs/', `/v1/runs/${unknownUlid}/nothing`,
            '/v2/runs', '/health/', '/HEALTH', '/v1/dead-letters/', `/v1/dead-letters/${unknownUlid}/explode`, '/%2e%2e/etc/passwd', '/é'])
            refusedV1(await suite.server.request('GET', target), 404, /there is nothing at/);
    });

    test('HEAD is GET without the body', async () => {
        const answer = parse(await raw(suite.server, `HEAD /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`));
        assert.deepEqual([answer.status, answer.text, answer.headers['content-length']], [200, '', '29']);
    });
});

describe('/fn/register', { concurrency: 64 }, () => {
    test('bodies that are no registration', async () => {
        const base = { appName: 'x', url: 'http://localhost:1/api/inngest', functions: [] };
        for (const [body, message] of [
            ['', /Invalid request/], ['{', /Invalid request/], ['[]', /object/], ['null', /object/], ['"x"', /object/],
            [{ ...base, url: undefined }, /url|URL|address/i], [{ ...base, url: '' }, /./], [{ ...base, url: 'ftp://x/y' }, /http/i], [{ ...base, url: 7 }, /./],
            [{ ...base, url: 'http://' }, /./], [{ ...base, appName: 7 }, /App ID required/], [{ ...base, functions: {} }, /functions is an object/],
            [{ ...base, functions: 'f' }, /functions is a string/], [{ ...base, functions: [null] }, /invalid/], [{ ...base, functions: [[]] }, /invalid/],
            [{ ...base, functions: [{ id: 'x-f' }] }, /runtime|url/i], [{ ...base, functions: [{ id: 7 }] }, /id is missing|id/],
            [{ ...base, functions: [{ id: 'x-f', triggers: {} }] }, /triggers is an object/],
            [{ ...base, functions: [{ id: 'x-f', triggers: [{}] }] }, /neither/], [{ ...base, functions: [{ id: 'x-f', triggers: [{ event: 'a', cron: '* * * * *' }] }] }, /both/],
            [{ ...base, functions: [{ id: 'x-f', steps: { step: { runtime: { type: 'http', url: 'not a url' } } } }] }, /url/],
            [{ ...base, functions: [{ id: 'x-f', steps: { step: { runtime: { type: 'http', url: 'http://localhost:1/' }, retries: { attempts: -1 } } } }] }, /attempts/],
            [{ ...base, functions: [{ id: 'x-f', steps: { step: { runtime: { type: 'http', url: 'http://localhost:1/' }, retries: { attempts: 'x' } } } }] }, /attempts/],
            ['['.repeat(100_000), /Invalid request/]])
            refused(await post('/fn/register', body), 400, message);
        refusedV1(await suite.server.request('GET', '/v1/apps/x/functions'), 404);
    });

    test('megabytes of tiny parts: an answer at once, and no longer than a screen', async () => {
        const base = '"appName":"x","url":"http://localhost:1/api/inngest"';
        const list = `[${'null,'.repeat(1_500_000)}null]`;
        const from = Date.now();
        for (const functions of [list, `[${'{},'.repeat(4000)}{}]`, `[{"id":"x-f","triggers":${list}}]`, `[{"id":"x-f","cancel":${list}}]`,
            `[{"id":"x-f","triggers":[{"event":"${'x'.repeat(1_000_000)}"}]}]`]) {
            const answer = await post('/fn/register', `{${base},"functions":${functions}}`);
            refused(answer, 400, /functions|invalid/);
            assert.ok(answer.text.length < 16_384, `${answer.text.length}`);
        }
        const events = await post('/e/test', `[${'1,'.repeat(10_000_000)}1]`);
        refused(events, 400, /10000001 events/);
        assert.ok(Date.now() - from < 10_000, `${Date.now() - from} ms`);
        await isAlive(suite.server);
    });

    test('the same function twice in one app', async () => {
        const f = { id: 'dup-f', triggers: [], steps: { step: { runtime: { type: 'http', url: 'http://localhost:1/?fnId=dup-f' } } } };
        refused(await post('/fn/register', { appName: 'dup', url: 'http://localhost:1/', functions: [f, f] }), 400, /same id/);
    });

    test('/fn/remove without a usable url', async () => {
        for (const query of ['', '?url=', '?url=ftp%3A%2F%2Fx', '?url=http%3A%2F%2F', '?other=http%3A%2F%2Fx'])
            refusedV1(await suite.server.request('DELETE', `/fn/remove${query}`), 400);
        refusedV1(await suite.server.request('DELETE', '/fn/remove?url=http%3A%2F%2Flocalhost%3A1%2Fnobody'), 404);
    });
});

describe('framing', { concurrency: 64 }, () => {
    const broken = {
        'no version': ['GET /health\r\nHost: localhost\r\n\r\n', 400],
        'HTTP/2.0': ['GET /health HTTP/2.0\r\nHost: localhost\r\n\r\n', 505],
        'no Host': ['GET /health HTTP/1.1\r\n\r\n', 400],
        'two Hosts': ['GET /health HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n', 400],
        'a blank before the colon': ['GET /health HTTP/1.1\r\nHost : localhost\r\n\r\n', 400],
        'a folded header': ['GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\r\n b\r\n\r\n', 400],
        'bare LF': ['GET /health HTTP/1.1\nHost: localhost\n\n', 400],
        'a NUL in a header': ['GET /health HTTP/1.1\r\nHost: localhost\r\nX: a\0b\r\n\r\n', 400],
        'a blank in the target': ['GET /hea lth HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
        'two equal Content-Length': ['POST /e/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n[]', 400],
        'Content-Length and chunked': ['POST /e/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
        'Content-Length +2': ['POST /e/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: +2\r\n\r\n[]', 400],
        'Content-Length 2, 2': ['POST /e/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2, 2\r\n\r\n[]', 400],
        'Transfer-Encoding gzip, chunked': ['POST /e/k HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n', 400],
        'Transfer-Encoding identity': ['POST /e/k HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: identity\r\n\r\n[]', 400],
        'a chunk size that is no number': ['POST /e/k HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n[]\r\n0\r\n\r\n', 400],
        'a chunk longer than it says': ['POST /e/k HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n[]\r\n0\r\n\r\n', 400],
        'an expectation that nobody knows': ['POST /e/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: tea\r\n\r\n[]', 417],
        'a request line of 100 kB': [`GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 414],
        'a header of 1 MB': [`GET /health HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(1 << 20)}\r\n\r\n`, 431],
        '2,000 headers': [`GET /health HTTP/1.1\r\nHost: localhost\r\n${'X: a\r\n'.repeat(2000)}\r\n`, 431],
        'TLS': [Buffer.from('16030100c8010000c40303', 'hex').toString('latin1') + '\r\n\r\n', 400],
    };
    for (const [name, [bytes, status]] of Object.entries(broken)) {
        test(`style 2.14: ${name} is ${status} and the connection ends`, async () => {
            const answer = parse(await raw(suite.server, bytes));
            refusedV1(answer, status);
        });
    }

    test('style 2.14: chunked bodies, Expect: 100-continue, HTTP/1.0, an absolute target', async () => {
        const chunked = parse(await raw(suite.server, 'POST /e/k HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n'
            + '9;x=y\r\n{"name":"\r\n5\r\na/b"}\r\n0\r\nTrailer: x\r\n\r\n'));
        assert.equal(chunked.status, 200, chunked.text);
        const text = await raw(suite.server, 'POST /e/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: 14\r\nExpect: 100-continue\r\n\r\n', { until: /100 Continue\r\n\r\n/ });
        assert.match(text, /^HTTP\/1\.1 100 Continue/);
        const old = parse(await raw(suite.server, 'GET /health HTTP/1.0\r\n\r\n'));
        assert.equal(old.status, 200);
        assert.equal(parse(await raw(suite.server, 'GET http://localhost/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')).status, 200);
        assert.equal(parse(await raw(suite.server, 'GET http://evil.test/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')).status, 400);
    });

    test('style 2.14: pipelined requests are answered in order', async () => {
        const event = '{"name":"pipe/a"}';
        const requests = Array.from({ length: 20 }, (_, n) => (n % 2 === 0
            ? `POST /e/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${event.length}\r\n\r\n${event}` : `GET /none/${n} HTTP/1.1\r\nHost: localhost\r\n\r\n`));
        requests.push('GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
        const text = await raw(suite.server, requests.join(''));
        const statuses = [...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map((match) => match[1]);
        assert.deepEqual(statuses, requests.map((_, n) => (n % 2 === 0 ? '200' : '404')));
        assert.deepEqual([...text.matchAll(/\/none\/(\d+)/g)].map((match) => Number(match[1])), [1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);
    });

    test('style 2.14: a smuggled request is not answered', async () => {
        const inner = 'GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n';
        const text = await raw(suite.server, `POST /e/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${inner.length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${inner}`);
        assert.equal([...text.matchAll(/HTTP\/1\.1 \d/g)].length, 1);
    });

    test('protocol 1.4: bodies over the limit of the route are 413 before they are sent', async () => {
        for (const [target, bytes] of [['/fn/register', 9 << 20], ['/invoke/x', 9 << 20], ['/e/k', 65 << 20], [`/v1/dead-letters/${unknownUlid}/discard`, 9 << 20]]) {
            const answer = parse(await raw(suite.server, `POST ${target} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${bytes}\r\n\r\n`));
            refusedV1(answer, 413);
        }
        const endless = await endlessChunks();
        assert.equal(parse(endless).status, 413);
    });

    test('an event array of 60 MB is taken', async () => {
        const events = Array.from({ length: 30 }, (_, n) => ({ name: 'huge/a', data: { n, x: 'x'.repeat(2_000_000) } }));
        const answer = await post('/e/k', events);
        assert.equal(answer.status, 200, answer.text.slice(0, 200));
        assert.equal(answer.json.ids.length, 30);
    });
});

describe('clients that misbehave', { concurrency: 64 }, () => {
    test('a client that leaves in the middle of its body stores nothing', async () => {
        const socket = net.connect(suite.server.port, '127.0.0.1');
        await new Promise((resolve) => { socket.once('connect', resolve); });
        const half = '[{"name":"gone/a"},{"name":"gone/a"';
        await new Promise((resolve) => { socket.write(`POST /e/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500\r\n\r\n${half}`, resolve); });
        socket.destroy();
        await isAlive(suite.server);
        assert.deepEqual(await suite.server.events('?name=gone/a'), []);
    });

    test('a client that leaves before its answer: the event counts, the server goes on', async () => {
        const app = await suite.app({ f: { script: () => ok(1) } });
        const event = JSON.stringify({ name: `${app.id}/f` });
        for (let i = 0; i < 20; ++i) {
            const socket = net.connect(suite.server.port, '127.0.0.1');
            await new Promise((resolve) => { socket.once('connect', resolve); });
            await new Promise((resolve) => {
                socket.write(`POST /e/k HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${event.length}\r\n\r\n${event}`, resolve);
            });
            socket.destroy();
        }
        await until('the events', async () => (await suite.server.events(`?name=${app.id}/f&limit=50`)).length === 20);
        await app.called('f', 20);
        await isAlive(suite.server);
    });

    test('1,000 idle and half-open connections leave the others alone', async () => {
        const sockets = [];
        for (let i = 0; i < 1000; ++i) {
            const socket = net.connect(suite.server.port, '127.0.0.1');
            socket.on('error', () => {});
            if (i % 2)
                socket.write('GET /health HT');
            sockets.push(socket);
        }
        await Promise.all(sockets.map((socket) => new Promise((resolve) => { socket.once('connect', resolve).once('close', resolve); })));
        const times = [];
        for (let i = 0; i < 50; ++i) {
            const from = process.hrtime.bigint();
            await suite.server.request('POST', '/e/k', { name: 'idle/a' });
            times.push(Number(process.hrtime.bigint() - from) / 1e6);
        }
        for (const socket of sockets)
            socket.destroy();
        times.sort((a, b) => a - b);
        assert.ok(times[25] < 100, `median ${times[25]} ms`);
    });

    test('a client that reads nothing of a long answer disturbs nobody', async () => {
        await suite.server.sendAll(Array.from({ length: 20 }, () => ({ name: 'long/a', data: { x: 'x'.repeat(500_000) } })));
        const greedy = http.get(`${suite.server.url}/v1/events?name=long/a&limit=20`, (response) => response.pause());
        greedy.on('error', () => {});
        await suite.server.request('GET', '/health');
        await isAlive(suite.server);
        greedy.destroy();
    });
});

test('after all that the server answers', () => isAlive(suite.server));

/** Sends chunks to a small route until the server answers. */
function endlessChunks() {
    return new Promise((resolve, reject) => {
        const socket = net.connect(suite.server.port, '127.0.0.1');
        const late = setTimeout(() => { socket.destroy(); reject(new Error('no answer to endless chunks')); }, 10_000);
        const block = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
        let answer = '';
        let isOpen = true;
        const done = () => { isOpen = false; clearTimeout(late); socket.destroy(); resolve(answer); };
        socket.on('data', (chunk) => { answer += chunk; if (answer.includes('\r\n\r\n')) done(); });
        socket.on('error', () => {}).on('close', done);
        socket.write('POST /invoke/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n');
        const pump = () => { while (isOpen && socket.write(block)); if (isOpen) socket.once('drain', pump); };
        pump();
    });
}
