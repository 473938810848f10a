// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Who may call: Host, Origin, CORS (protocol 1.3; issue 2, HTTP in).

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

import { journey, rawRequest, refusedV1, suiteServer, unknownUlid } from './journey.mjs';

const suite = suiteServer({ args: ['--host', '127.0.0.1', '--host', 'build.example.test',
    '--allow-origin', 'https://app.example.com', '--allow-origin', 'http://tool.test:7000'] });

const get = (headers, target = '/v1/events') => rawRequest(suite.server, 'GET', target, headers);
const send = (headers) => rawRequest(suite.server, 'POST', '/e/k', headers, '{"name":"origin/a"}');

const localOrigins = ['http://localhost', 'http://localhost:3000', 'https://localhost:8443', 'http://127.0.0.1:5173', 'http://[::1]:3000', 'http://app.localhost:80'];
const foreignOrigins = ['https://evil.example', 'http://localhost.evil.example', 'http://127.0.0.1.evil.example', 'http://evil.example:8288', 'null',
    'http://10.0.0.7:3000', 'http://app.example.com.evil.test', 'https://app.example.com:444', 'http://tool.test', 'file://', 'chrome-extension://abcdef', 'x', ''];

describe('Host', { concurrency: 64 }, () => {
    const good = ['localhost', 'localhost:8288', 'LOCALHOST', 'app.localhost:1', 'localhost.', '127.0.0.1', '192.168.1.7:8288', '[::1]', '[2001:db8::1]:80', 'host.docker.internal:8288',
        'build.example.test', 'Build.Example.Test:8288', 'app.example.com', 'tool.test:9'];
    for (const host of good) {
        test(`${host} is served`, async () => {
            assert.equal((await get({ host })).status, 200);
            assert.equal((await send({ host })).status, 200);
        });
    }
    const bad = ['evil.example', 'evil.example:8288', 'localhost.evil.example', 'evillocalhost', '127.0.0.1.evil.example', '127.1', '0x7f000001', 'docker.internal',
        'x.host.docker.internal', 'example.test', 'localhost:x', '[::1', 'localhost evil', '@localhost', ''];
    for (const host of bad) {
        test(`"${host}" is 403 on every route`, async () => {
            for (const [method, target] of [['GET', '/health'], ['GET', '/dev'], ['GET', '/v1/events'], ['POST', '/e/k'], ['DELETE', `/v1/runs/${unknownUlid}`]]) {
                const answer = await rawRequest(suite.server, method, target, { host }, method === 'POST' ? '{"name":"host/a"}' : '');
                refusedV1(answer, 403, /is not served here/);
            }
        });
    }
    test('nothing of that was stored', async () => {
        assert.deepEqual(await suite.server.events('?name=host/a'), []);
    });
});

describe('Origin', { concurrency: 64 }, () => {
    for (const origin of [...localOrigins, 'https://app.example.com', 'https://app.example.com:443', 'http://tool.test:7000']) {
        test(`${origin} may change things`, async () => {
            const answer = await send({ origin });
            assert.equal(answer.status, 200, answer.text);
            assert.equal(answer.headers['access-control-allow-origin'], origin);
        });
    }
    for (const origin of foreignOrigins) {
        test(`"${origin}" is 403 on routes that change something, and gets no CORS permission`, async () => {
            for (const [method, target] of [['POST', '/e/k'], ['POST', '/fn/register'], ['PUT', '/fn/register'], ['DELETE', '/fn/remove'], ['POST', '/invoke/x'],
                ['DELETE', `/v0/runs/${unknownUlid}`], ['DELETE', `/v1/runs/${unknownUlid}`], ['POST', `/v1/runs/${unknownUlid}/rerun`],
                ['POST', `/v1/dead-letters/${unknownUlid}/retry`], ['POST', `/v1/dead-letters/${unknownUlid}/discard`], ['POST', `/v1/dead-letters/${unknownUlid}/restore`],
                ['POST', '/v1/dead-letters/retry']]) {
                const answer = await rawRequest(suite.server, method, target, { origin }, '{"name":"evil/a"}');
                refusedV1(answer, 403, /--allow-origin/);
                assert.equal(answer.headers['access-control-allow-origin'], undefined);
            }
            const reading = await get({ origin });
            assert.equal(reading.headers['access-control-allow-origin'], undefined);
        });
    }
    test('nothing of that was stored', async () => {
        assert.deepEqual(await suite.server.events('?name=evil/a'), []);
    });

    test('no Origin at all, as curl and SDKs send it, is fine', async () => {
        assert.equal((await send({})).status, 200);
    });

    test('preflights', async () => {
        const ask = (origin) => rawRequest(suite.server, 'OPTIONS', '/e/k', { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type,x-mine' });
        const yes = await ask('http://localhost:3000');
        assert.equal(yes.status, 204);
        assert.equal(yes.headers['access-control-allow-origin'], 'http://localhost:3000');
        for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'])
            assert.ok(yes.headers['access-control-allow-methods'].includes(method), method);
        assert.match(yes.headers['access-control-allow-headers'], /x-mine|\*/);
        const no = await ask('https://evil.example');
        assert.equal(no.status, 403);
        assert.equal(no.headers['access-control-allow-origin'], undefined);
    });
});

journey('a page of this machine may read why it was refused', { args: ['--signing-key', 'signkey-test-0123456789abcdef'] }, async (server) => {
    const origin = 'http://localhost:3000';
    const missing = await rawRequest(server, 'GET', '/v1/events', { origin });
    refusedV1(missing, 401, /bearer/);
    assert.equal(missing.headers['access-control-allow-origin'], origin);
    const foreign = await rawRequest(server, 'GET', '/v1/events', { origin: 'https://evil.example' });
    assert.equal(foreign.headers['access-control-allow-origin'], undefined);
});

describe('listening', { concurrency: 64 }, () => {
    journey('loopback only, unless told otherwise', {}, async (server) => {
        const { readFile } = await import('node:fs/promises');
        const port = server.port.toString(16).toUpperCase().padStart(4, '0');
        const listening = [];
        for (const file of ['tcp', 'tcp6']) {
            const lines = await readFile(`/proc/net/${file}`, 'utf8').then((text) => text.split('\n').slice(1), () => []);
            for (const line of lines) {
                const [, local, , state] = line.trim().split(/\s+/);
                if (state === '0A' && local?.endsWith(`:${port}`))
                    listening.push(local.split(':')[0]);
            }
        }
        assert.ok(listening.includes('0100007F'), `${listening}`);
        assert.deepEqual(listening.filter((each) => !['0100007F', '00000000000000000000000001000000'].includes(each)), []);
    });
});
