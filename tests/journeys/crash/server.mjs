// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// Starts and kills the server of the SIGKILL test, always on the same port and data file.

import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import net from 'node:net';

/// A free port below the range from which the kernel takes ports for outgoing connections: while
/// the server is down, nothing else may get it.
export async function freePort() {
    while (true) {
        const port = 20_000 + Math.floor(Math.random() * 10_000);
        const isFree = await new Promise((resolve) => {
            const probe = net.createServer();
            probe.on('error', () => resolve(false));
            probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
        });
        if (isFree)
            return port;
    }
}

export class Server {
    starts = 0;
    startMs = []; // from spawn to the line that says it listens
    #options;
    #child;
    #ended;
    #log;

    constructor(options) {
        this.#options = options;
        this.#log = openSync(`${options.data}.log`, 'a');
    }

    /// Spawns it; the returned promise tells when it listens, or fails if it ends by itself.
    start() {
        const { binary, port, data, environment } = this.#options;
        const begin = performance.now();
        const child = spawn(binary, ['--port', `${port}`, '--data', data, '--no-sample',
            '--no-discovery', '--no-poll', '--retry-interval', '1'],
        { stdio: ['ignore', 'pipe', this.#log], env: { ...process.env, ...environment } });
        ++this.starts;
        this.#child = child;
        this.#ended = new Promise((resolve) => {
            child.on('exit', (code, signal) => resolve({ code, signal }));
            child.on('error', (error) => resolve({ code: error.message, signal: null }));
        });
        return new Promise((resolve, reject) => {
            let text = '';
            const patience = setTimeout(() => reject(new Error('no listening line in 20 s')), 20_000);
            child.stdout.on('data', (part) => {
                text += part;
                if (text.includes('listening on') && text.includes('\n')) {
                    clearTimeout(patience);
                    this.startMs.push(performance.now() - begin);
                    text = '';
                    resolve();
                }
            });
            this.#ended.then(({ code, signal }) => {
                clearTimeout(patience);
                reject(new Error(`the server ended: code ${code}, signal ${signal}`));
            });
        });
    }

    /// Ends the process at once. Throws if it had ended by itself.
    async kill() {
        const hadEnded = this.#child.exitCode !== null || this.#child.signalCode !== null;
        this.#child.kill('SIGKILL');
        const { code, signal } = await this.#ended;
        if (hadEnded || signal !== 'SIGKILL')
            throw new Error(`the server ended by itself: code ${code}, signal ${signal}`);
    }
}
