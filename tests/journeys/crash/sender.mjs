// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// The client of the SIGKILL test: sends events in closed loops and keeps the log of what was
// acknowledged. Most requests carry a seed and are sent again after a restart, as SDKs do
// (protocol.md 3.1); the rest is given up and may be stored or not.

import { randomBytes } from 'node:crypto';
import http from 'node:http';

/// One request to the server; rejects when no complete reply arrives.
export function request(agent, port, { method = 'GET', path, body, headers = {} }) {
    const text = body === undefined ? undefined : JSON.stringify(body);
    return new Promise((resolve, reject) => {
        const sent = http.request({ agent, port, host: '127.0.0.1', method, path, timeout: 20_000,
            headers: text === undefined ? headers : { 'content-type': 'application/json',
                'content-length': Buffer.byteLength(text), ...headers } }, (reply) => {
            let received = '';
            reply.setEncoding('utf8');
            reply.on('data', (part) => { received += part; });
            reply.on('error', reject);
            reply.on('close', () => reject(new Error('reply broke off')));
            reply.on('end', () => {
                if (reply.complete)
                    resolve({ status: reply.statusCode, text: received });
            });
        });
        sent.on('timeout', () => sent.destroy(new Error('no reply in 20 s')));
        sent.on('error', reject);
        sent.end(text);
    });
}

export class Sender {
    violations = [];
    acknowledged = new Map(); // event id -> {key, kind}
    resent = 0;
    givenUp = 0;
    unanswered = 0; // requests in flight
    #app;
    #port;
    #agent;
    #upAgain = []; // loops that wait for the server
    #isStopping = false;
    #keys = 0;
    #loops = [];

    constructor(app, port) {
        this.#app = app;
        this.#port = port;
    }

    serverIsUp() {
        this.#agent = new http.Agent({ keepAlive: true });
        for (const resolve of this.#upAgain.splice(0))
            resolve();
    }

    serverIsDown() {
        this.#agent?.destroy();
        this.#agent = undefined;
    }

    start(loops) {
        // One never pauses, so that nearly every kill finds a commit in flight.
        const pauses = Array.from({ length: loops }, (_, index) => (index === 0 ? 0 : 8));
        this.#loops = pauses.map((pauseMs) => this.#loop(pauseMs));
    }

    /// Ends when every seeded request has its answer, for which the server must be up.
    async stop() {
        this.#isStopping = true;
        await Promise.all(this.#loops);
    }

    async #up() {
        while (!this.#agent)
            await new Promise((resolve) => { this.#upAgain.push(resolve); });
    }

    async #loop(pauseMs) {
        while (!this.#isStopping) {
            await this.#up();
            await this.#deliver(this.#batch());
            if (pauseMs > 0)
                await new Promise((resolve) => { setTimeout(resolve, Math.random() * pauseMs); });
        }
    }

    #batch() {
        const count = Math.random() < 0.8 ? 1 : 3;
        const events = Array.from({ length: count }, () => {
            const kind = this.#kind();
            return { kind, key: ++this.#keys };
        });
        const seed = `${Date.now()},${randomBytes(10).toString('base64')}`;
        return { events, seed: Math.random() < 0.8 ? seed : undefined };
    }

    /// Enough runs to find some in every state at each kill; otherwise events nobody listens to.
    #kind() {
        const kinds = ['steps', 'sleep', 'sleep', 'retry', 'parallel', 'fail'];
        if (this.#app.openCalls.size > 12 || Math.random() < 0.7)
            return 'none';
        return kinds[Math.floor(Math.random() * kinds.length)];
    }

    async #deliver({ events, seed }) {
        const body = events.map(({ kind, key }) => ({ name: `crash/${kind}`, data: { key } }));
        const headers = seed === undefined ? {} : { 'x-inngest-event-id-seed': seed };
        while (true) {
            await this.#up();
            let reply;
            ++this.unanswered;
            try {
                reply = await request(this.#agent, this.#port,
                    { method: 'POST', path: '/e/crash', body, headers });
            } catch {
                reply = undefined;
            }
            --this.unanswered;
            if (reply !== undefined)
                return this.#acknowledge(events, reply);
            if (seed === undefined) {
                this.givenUp += events.length;
                return undefined;
            }
            this.resent += events.length;
            await new Promise((resolve) => { setTimeout(resolve, 5); });
        }
    }

    #acknowledge(events, reply) {
        const ids = reply.status === 200 ? JSON.parse(reply.text).ids : [];
        if (ids.length !== events.length) {
            this.violations.push(`POST /e was answered ${reply.status} ${reply.text}`);
            return;
        }
        ids.forEach((id, index) => {
            if (this.acknowledged.has(id))
                this.violations.push(`event id ${id} was given twice`);
            this.acknowledged.set(id, events[index]);
        });
    }
}
