// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// What the protocol suites share: a server for a whole suite, one of its own for a journey, and plain checks.

import assert from 'node:assert/strict';
import net from 'node:net';
import { after, before, test } from 'node:test';

import { FakeApp } from '../lib/fakeapp.mjs';
import { Redrived } from '../lib/redrived.mjs';

/** A server for all tests of the file; the returned object is ready inside them. */
export function suiteServer(options = {}) {
    const suite = {};
    let number = 0;
    before(async () => { suite.server = await Redrived.start(options); });
    after(async () => {
        await Promise.all((suite.apps ?? []).map((app) => app.close()));
        await suite.server.stop();
    });
    /** An app with a name of its own. */
    suite.app = async (functions, more = {}) => {
        const app = await FakeApp.start({ server: suite.server, id: `app${++number}`, functions, ...more });
        (suite.apps ??= []).push(app);
        return app;
    };
    return suite;
}

/** A test with a server of its own, for those that kill, stop or configure it. */
export function journey(name, options, steps) {
    test(name, async () => {
        const server = await Redrived.start(options);
        const apps = [];
        const appOf = async (functions, more = {}) => {
            const app = await FakeApp.start({ server, id: `app${apps.length + 1}`, functions, ...more });
            apps.push(app);
            return app;
        };
        try {
            await steps(server, appOf);
        } catch (error) {
            error.message += `\n--- server log\n${server.logs.slice(-30).join('\n')}`;
            throw error;
        } finally {
            await Promise.all(apps.map((app) => app.close()));
            await server.stop();
        }
    });
}

/** An error of protocol 1.3: the status twice, and a message that matches. */
export function refused(answer, status, message) {
    assert.equal(answer.status, status, answer.text.slice(0, 300));
    assert.match(answer.headers.get?.('content-type') ?? answer.headers['content-type'], /^application\/json/);
    assert.equal(typeof answer.json?.error, 'string', answer.text.slice(0, 300));
    assert.ok(answer.json.error.length > 3, answer.text);
    if (message)
        assert.match(answer.json.error, message);
}

/** The same from a route of `/v0` or `/v1`: the status is in the body too. */
export function refusedV1(answer, status, message) {
    refused(answer, status, message);
    assert.equal(answer.json.status, status, answer.text);
}

/**
 * Sends the bytes on a connection of their own and reads until the server closes it, or until `until` matches what
 * came. fetch would never send such requests.
 */
export function raw(server, bytes, { until = null, deadline = 5000 } = {}) {
    return new Promise((resolve, reject) => {
        const socket = net.connect(server.port, '127.0.0.1');
        const chunks = [];
        const text = () => Buffer.concat(chunks).toString();
        const late = setTimeout(() => {
            socket.destroy();
            reject(new Error(`the server did not answer within ${deadline} ms; so far: ${text().slice(0, 500)}`));
        }, deadline);
        const done = () => {
            clearTimeout(late);
            socket.destroy();
            resolve(text());
        };
        socket.on('data', (chunk) => {
            chunks.push(chunk);
            if (until?.test(text()))
                done();
        });
        socket.on('close', done);
        socket.on('error', () => {});
        socket.write(bytes);
    });
}

/** One request with any header, also those that fetch keeps for itself (Host, Origin). */
export async function rawRequest(server, method, target, headers = {}, body = '') {
    const lines = [`${method} ${target} HTTP/1.1`];
    const all = { host: `127.0.0.1:${server.port}`, connection: 'close', ...headers };
    if (body)
        all['content-length'] = Buffer.byteLength(body);
    for (const [name, value] of Object.entries(all)) {
        if (value !== null)
            lines.push(`${name}: ${value}`);
    }
    return parse(await raw(server, `${lines.join('\r\n')}\r\n\r\n${body}`));
}

/** The first answer of a connection. */
export function parse(text) {
    const end = text.indexOf('\r\n\r\n');
    const [line, ...fields] = text.slice(0, end).split('\r\n');
    const headers = Object.fromEntries(fields.map((field) => {
        const colon = field.indexOf(':');
        return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
    }));
    const body = text.slice(end + 4);
    let json;
    try {
        json = JSON.parse(body);
    } catch {
        json = undefined;
    }
    return { status: Number(line.split(' ')[1]), headers, text: body, json };
}

/** The server answers as if nothing had happened. */
export async function isAlive(server) {
    const health = await server.request('GET', '/health');
    assert.deepEqual(health.json, { status: 200, message: 'OK' });
    assert.equal(server.child.exitCode, null);
}

export const anyUlid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
export const unknownUlid = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
