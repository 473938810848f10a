// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// An app with the Python SDK as a process of its own: apps/app.py with the functions of one module.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { freePort, until } from '../lib/wait.mjs';
import { Journal } from '../sdk/apps/journal.mjs';

const apps = path.join(path.dirname(fileURLToPath(import.meta.url)), 'apps');

/** The interpreter of the environment with the SDK; without it a suite fails. */
export function python() {
    const program = process.env.REDRIVE_PYTHON;
    assert.ok(program, 'REDRIVE_PYTHON must name the Python that has the SDK');
    assert.ok(existsSync(program), `there is no ${program}: packaging/dev test installs it`);
    return program;
}

/** This process's, without what would configure an app. */
export function plainEnvironment() {
    return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(INNGEST|FLASK|VIRTUAL_ENV|PYTHON)/.test(name)));
}

/** A child process that ends with this one; `log` has what it said. */
export class Child {
    constructor(program, args, options) {
        this.log = '';
        this.process = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
        const reap = () => this.process.kill('SIGKILL');
        process.once('exit', reap);
        this.exited = new Promise((resolve) => {
            this.process.once('error', resolve);
            this.process.once('exit', resolve);
        });
        this.exited.then(() => {
            this.hasEnded = true;
            process.removeListener('exit', reap);
        });
        for (const stream of [this.process.stdout, this.process.stderr])
            stream.on('data', (chunk) => { this.log += chunk; });
    }

    /** Waits until it has said so. */
    async said(words) {
        await until(`${words}`, () => this.hasEnded || words.test(this.log), { deadline: 60_000 });
        assert.ok(words.test(this.log), `ended without ${words}:\n${this.log}`);
    }

    /** Ends it at once: what a crash looks like from outside. */
    async kill() {
        this.process.kill('SIGKILL');
        await this.exited;
    }
}

/** Options: `server` (with `url`), `functions` (a module of apps/), `id`, `env`, `isCloud` (it asks for signed calls). */
export class PythonApp {
    static async start(options) {
        const app = new PythonApp(options);
        app.folder = await mkdtemp(path.join(os.tmpdir(), 'pythonapp-'));
        app.port = await freePort();
        await app.listen();
        return app;
    }

    constructor(options) {
        this.options = { id: 'app-py', env: {}, ...options };
        this.id = this.options.id;
    }

    get url() { return `http://127.0.0.1:${this.port}/api/inngest`; }
    event(name) { return `${this.id}/${name}`; }
    slug(name) { return `${this.id}-${name}`; }

    /** Starts the process, also again: with the same port and journal, and with what is changed of the options. */
    async listen(changes = {}) {
        Object.assign(this.options, changes);
        this.child = new Child(
            python(), ['-m', 'uvicorn', '--factory', 'app:served', '--port', String(this.port)], {
                cwd: apps,
                env: {
                    ...plainEnvironment(),
                    PYTHONDONTWRITEBYTECODE: '1',
                    [this.options.isCloud ? 'INNGEST_BASE_URL' : 'INNGEST_DEV']: this.options.server.url,
                    APP_ID: this.id,
                    FUNCTIONS: this.options.functions,
                    JOURNAL: path.join(this.folder, 'journal'),
                    ...this.options.env,
                },
            });
        await this.child.said(/running on http/);
    }

    /** What `curl -X PUT` does: the app registers itself with the server. */
    async sync() {
        const answer = await fetch(this.url, { method: 'PUT' });
        const text = await answer.text();
        assert.equal(answer.status, 200, `PUT ${this.url}: ${text}`);
        return JSON.parse(text);
    }

    /** What the app noted until now, in all its processes. */
    get journal() {
        const journal = new Journal();
        const text = readFileSync(path.join(this.folder, 'journal'), 'utf8');
        journal.entries = text.split('\n').filter((line) => line).map((line) => JSON.parse(line));
        return journal;
    }

    kill() { return this.child.kill(); }

    async stop() {
        await this.kill();
        await rm(this.folder, { recursive: true, force: true });
    }
}

/** A server and an app for the tests of one suite, which `world` has when they run. */
export function stage({ before, after }, Server, functions, { server = {}, ...options } = {}) {
    const world = {};
    before(async () => {
        world.server = await Server.start(server);
        world.app = await PythonApp.start({ server: world.server, functions, ...options });
        await world.app.sync();
    });
    after(async () => {
        await world.app?.stop();
        await world.server?.stop();
    });
    world.go = (name, data = {}, status = 'Completed') =>
        world.server.outcome(world.app.event(name), data, status, { deadline: 60_000 });
    return world;
}
