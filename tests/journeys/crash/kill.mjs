// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// SIGKILL at random points under load, again and again on one data file; then everything that was
// acknowledged must be there once, every run must end, and no recorded step may have run twice
// (semantics.md 10.3). The judge is outside the server: see app.mjs, sender.mjs, judge.mjs.
//
//   node kill.mjs --server build/release/app/redrived [--kills 200] [--seed N] [--data DIR]
//
// At least three of four kills must hit while a request, a call, a sleep and a backoff are in
// flight, all four, by what client and app know. --kills 20 is a quick run.
//
// That the judge can fail is shown with a build that answers before its commit (compiled with
// REDRIVE_ANSWER_EARLY):
//
//   node kill.mjs --server build/early/app/redrived --answer-early --expect-failure

import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { App } from './app.mjs';
import { Judge } from './judge.mjs';
import { request, Sender } from './sender.mjs';
import { freePort, Server } from './server.mjs';

const senders = 8;
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

function parse() {
    const { values } = parseArgs({ options: {
        server: { type: 'string' },
        kills: { type: 'string', default: '200' },
        seed: { type: 'string', default: `${Date.now() % 1_000_000}` },
        data: { type: 'string', default: tmpdir() },
        'answer-early': { type: 'boolean', default: false },
        'expect-failure': { type: 'boolean', default: false },
    } });
    if (!values.server)
        throw new Error('--server BIN is missing');
    return { ...values, kills: Number(values.kills), seed: Number(values.seed) };
}

/// Mulberry32: small, and the same numbers for the same seed on every machine.
function randomFrom(seed) {
    let state = seed;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
}

/// How long the server lives this time. A few die while they start, a few live long enough to
/// call again what an earlier kill interrupted.
function lifeTime(random) {
    const kind = random();
    if (kind < 0.05)
        return { afterSpawnMs: random() * 60 };
    if (kind < 0.1)
        return { afterListeningMs: 1200 + random() * 400 };
    return { afterListeningMs: 100 + random() * 300 };
}

function inFlight(app, sender) {
    return {
        requests: sender.unanswered,
        calls: app.openCalls.size,
        sleeping: app.sleepingRuns(),
        backingOff: app.backingOffRuns(),
    };
}

async function liveAndDie(server, sender, app, life) {
    const listening = server.start();
    if (life.afterSpawnMs !== undefined) {
        listening.catch(() => {}); // it may be killed before
        await pause(life.afterSpawnMs);
    } else {
        await listening;
        sender.serverIsUp();
        await pause(life.afterListeningMs);
    }
    const state = inFlight(app, sender);
    await server.kill();
    sender.serverIsDown();
    return state;
}

async function killAll(options, server, sender, app) {
    const random = randomFrom(options.seed);
    const states = [];
    for (let i = 1; i <= options.kills; ++i) {
        states.push(await liveAndDie(server, sender, app, lifeTime(random)));
        if (i % 20 === 0)
            console.log(`${i} kills; last hit ${JSON.stringify(states.at(-1))}; `
                + `${sender.acknowledged.size} events acknowledged`);
    }
    return states;
}

function printStates(states) {
    const count = (isHit) => states.filter(isHit).length;
    const all = count((state) => Object.values(state).every((value) => value > 0));
    console.log(`kills ${states.length}: ${all} with requests, calls, sleeps and backoffs in flight;`
        + ` requests ${count(({ requests }) => requests > 0)},`
        + ` calls ${count(({ calls }) => calls > 0)},`
        + ` sleeps ${count(({ sleeping }) => sleeping > 0)},`
        + ` backoffs ${count(({ backingOff }) => backingOff > 0)}`);
    return all;
}

function printLoad(server, sender, app) {
    const median = server.startMs.sort((a, b) => a - b)[Math.floor(server.startMs.length / 2)];
    console.log(`sender: ${sender.acknowledged.size} events acknowledged, ${sender.resent} sent again, `
        + `${sender.givenUp} given up`);
    console.log(`app: ${app.runs.size} runs, ${app.executions} step executions, `
        + `${app.interrupted} calls interrupted`);
    console.log(`server: ${server.starts} starts, median ${median?.toFixed(0)} ms`);
}

async function judgeAll(options, server, sender, app) {
    await server.start();
    sender.serverIsUp();
    await sender.stop();
    const judge = new Judge(app, sender, options.port);
    const violations = await judge.judge();
    await server.kill();
    console.log(`checked: ${JSON.stringify(judge.checked)}`);
    return violations;
}

async function registerApp(options, server, app) {
    await server.start();
    const agent = new http.Agent();
    const reply = await request(agent, options.port,
        { method: 'POST', path: '/fn/register', body: app.registration() });
    if (reply.status !== 200)
        throw new Error(`POST /fn/register was answered ${reply.status} ${reply.text}`);
    await server.kill(); // from now on the server knows the app from its file
}

/// What a build that answers before its commit must be found guilty of.
function hasLost(violations) {
    const lost = violations.filter((text) => /^acknowledged event .* is lost$/.test(text)).length;
    console.log(lost > 0 ? `failed, as expected: ${lost} acknowledged events are lost`
        : 'was expected to lose acknowledged events, and lost none');
    return lost > 0;
}

async function main() {
    const options = parse();
    const directory = mkdtempSync(join(options.data, 'redrive-kill-'));
    options.port = await freePort();
    console.log(`seed ${options.seed}, port ${options.port}, data in ${directory}`);
    const app = new App();
    await app.listen();
    const server = new Server({ binary: options.server, port: options.port,
        data: join(directory, 'kill.db'),
        environment: options['answer-early'] ? { REDRIVE_TEST_ANSWER_EARLY: '1' } : {} });
    const sender = new Sender(app, options.port);

    await registerApp(options, server, app);
    sender.start(senders);
    const states = await killAll(options, server, sender, app);
    const violations = await judgeAll(options, server, sender, app);
    app.close();

    printLoad(server, sender, app);
    if (printStates(states) < options.kills * 0.75)
        violations.push('too few kills hit everything in flight');
    for (const violation of violations.slice(0, 20))
        console.log(`WRONG: ${violation}`);
    console.log(`${violations.length} violations`);
    const hasPassed = options['expect-failure'] ? hasLost(violations) : violations.length === 0;
    if (hasPassed)
        rmSync(directory, { recursive: true });
    process.exit(hasPassed ? 0 : 1);
}

main().catch((error) => {
    console.error(`kill.mjs: ${error.message}`);
    process.exit(2);
});
