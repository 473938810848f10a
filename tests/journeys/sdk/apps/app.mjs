// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// An app with the official SDK, v4 or v3, served by express or by plain node http, in this process.

import assert from 'node:assert/strict';
import http from 'node:http';

import express from 'express';

import { Journal } from './journal.mjs';

/**
 * The SDK version of this process: REDRIVE_SDK, 4 or 3. The two versions keep their state under one global
 * symbol and break each other in one process, so ctest runs every suite once for each.
 */
export const version = Number(process.env.REDRIVE_SDK ?? 4);
const name = { 4: 'inngest', 3: 'inngest3' }[version];
assert.ok(name, `REDRIVE_SDK must be 4 or 3, not ${process.env.REDRIVE_SDK}`);
const kit = await import(name);
const serve = {
    express: (await import(`${name}/express`)).serve,
    node: (await import(`${name}/node`)).serve,
};

/** Most suites use one kind of host for each version; together they cover both. */
export const usual = { sdk: version, host: version === 4 ? 'express' : 'node' };
export const other = { sdk: version, host: version === 4 ? 'node' : 'express' };

/** The `name` of an error as it arrives at the server: v3 calls each one Error (observed, 3.54.2). */
export function sentName(own) {
    return version === 4 ? own : 'Error';
}

export function label({ sdk, host }) {
    return `v${sdk} ${host}`;
}

const quiet = { info() {}, warn() {}, error() {}, debug() {} };

/**
 * `functions` is called with a `define` tool and returns the functions to serve. Options: `host`,
 * `id` (app id), `server` (its base URL, or an object with `url`), `port`, `client` (more client options),
 * `serve` (more serve options), `journal`.
 */
export class App {
    static async start(options) {
        const app = new App({ ...usual, port: 0, client: {}, serve: {}, ...options });
        await app.listen();
        return app;
    }

    constructor(options) {
        this.options = options;
        this.id = options.id ?? `app-${options.sdk}-${options.host}`;
        this.kit = kit;
        this.journal = options.journal ?? new Journal();
        this.calls = [];
        this.sockets = new Set();
    }

    get url() { return `http://127.0.0.1:${this.port}/api/inngest`; }
    event(name) { return `${this.id}/${name}`; }
    slug(name) { return `${this.id}-${name}`; }

    /** Listens with a new client and newly defined functions: the same as a restart of the process. */
    async listen(changes = {}) {
        Object.assign(this.options, changes);
        const { options } = this;
        const base = typeof options.server === 'string' ? options.server : options.server?.url;
        this.client = new kit.Inngest({
            id: this.id,
            isDev: true,
            logger: quiet,
            ...(options.sdk === 4 ? { internalLogger: quiet } : {}),
            ...(base ? { baseUrl: base } : {}),
            ...options.client,
        });
        const functions = options.functions(definer(this), this);
        const handler = serve[options.host]({ client: this.client, functions, ...options.serve });
        this.http = http.createServer(this.front(handler));
        this.http.on('connection', (socket) => {
            this.sockets.add(socket);
            socket.once('close', () => this.sockets.delete(socket));
        });
        await new Promise((resolve, reject) => {
            this.http.once('error', reject);
            this.http.listen(this.port ?? options.port, options.listen ?? '127.0.0.1', resolve);
        });
        this.port = this.http.address().port;
    }

    /** Notes every call of the server, then lets the SDK answer. */
    front(handler) {
        const note = (request, response) => {
            const query = new URL(request.url, 'http://app').searchParams;
            const call = {
                method: request.method,
                fn: query.get('fnId'),
                step: query.get('stepId'),
                run: request.headers['x-run-id'],
                headers: request.headers,
                at: Date.now(),
            };
            this.calls.push(call);
            response.once('finish', () => { call.status = response.statusCode; });
        };
        if (this.options.host === 'express') {
            const site = express();
            site.use((request, response, next) => {
                note(request, response);
                next();
            });
            site.use(express.json({ limit: '16mb' }));
            site.use('/api/inngest', handler);
            return site;
        }
        return (request, response) => {
            note(request, response);
            if (request.url.startsWith('/api/inngest'))
                return handler(request, response);
            response.writeHead(404);
            return response.end();
        };
    }

    /** Calls of the server for a run, in order. */
    callsOf(run) { return this.calls.filter((call) => call.run === run); }

    /** What `curl -X PUT` does: the app registers itself with the server. */
    async sync() {
        const answer = await fetch(this.url, { method: 'PUT' });
        const text = await answer.text();
        assert.equal(answer.status, 200, `PUT ${this.url}: ${text}`);
        return JSON.parse(text);
    }

    /** Stops at once, with calls in flight broken off: what a crash looks like from outside. */
    async stop() {
        if (!this.http)
            return;
        const closed = new Promise((resolve) => { this.http.close(resolve); });
        for (const socket of this.sockets)
            socket.destroy();
        await closed;
        this.http = null;
    }
}

/**
 * `define(id, config, handler)`: one function, by default on the event `<app>/<id>`; `config.on` names other
 * events or triggers. The handler gets the SDK's context plus `mark(what, more)` and `kit`.
 */
function definer(app) {
    const define = (id, { on = app.event(id), onFailure, ...config }, handler) => {
        const triggers = [on].flat().map((trigger) => (typeof trigger === 'string' ? { event: trigger } : trigger));
        const wrap = (name, inner) => (context) => {
            const run = context.runId;
            const mark = (what, more = {}) =>
                app.journal.add({ fn: name, run, what, attempt: context.attempt, ...more });
            mark('body');
            return inner({ ...context, mark, kit: app.kit });
        };
        const settings = { id, ...config, ...(onFailure ? { onFailure: wrap(`${id}-failure`, onFailure) } : {}) };
        return app.options.sdk === 4
            ? app.client.createFunction({ ...settings, triggers }, wrap(id, handler))
            : app.client.createFunction(settings, triggers, wrap(id, handler));
    };
    return define;
}
