// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// The app of the SIGKILL test: answers the call protocol (protocol.md 5-7), logs every execution
// of a step before it answers, and notices what no server may do: run a recorded step again, lose
// or change a memo, wake a sleep or a retry early.

import { createHash } from 'node:crypto';
import http from 'node:http';

const retryMs = 1000; // Retry-After: 1 and --retry-interval 1
const answerHeaders = {
    'content-type': 'application/json',
    'x-inngest-sdk': 'inngest-js:v4.24.0',
    'x-inngest-req-version': '2',
};

const hash = (name) => createHash('sha1').update(name).digest('hex');

/// What each function does, in the order of its steps.
const scripts = {
    steps: ['a', 'b', 'c'],
    sleep: ['a', 'pause', 'b'],
    retry: ['a', 'flaky', 'b'],
    parallel: ['p1', 'p2', 'p3', 'p4', 'p5', 'after'],
    fail: ['a'],
    'fail-failure': ['note'],
};
const parallelIds = scripts.parallel.slice(0, 5).map(hash);
const namesById = new Map(Object.values(scripts).flat().map((name) => [hash(name), name]));

/// The kinds of events that start a run, and how its run must end.
export const expectedStatus = {
    steps: 'Completed',
    sleep: 'Completed',
    retry: 'Completed',
    parallel: 'Completed',
    fail: 'Failed',
};

const op = (kind, name, rest) => ({
    id: hash(name), op: kind, name, displayName: name, opts: {}, userland: { id: name }, ...rest,
});

export class App {
    violations = [];
    runs = new Map(); // run id -> what is known of it
    openCalls = new Set(); // calls without an answer
    handlerRuns = new Map(); // failed run id -> ids of the runs of its failure handler
    executions = 0;
    interrupted = 0; // calls whose connection broke before the answer
    #sleeping = new Map(); // run id -> wake instant
    #backingOff = new Map(); // run id -> retry instant
    #server;

    async listen() {
        this.#server = http.createServer((request, response) => this.#receive(request, response));
        this.#server.keepAliveTimeout = 600_000; // a stale connection is not what is tested here
        await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
        this.port = this.#server.address().port;
    }

    close() {
        this.#server.close();
        this.#server.closeAllConnections();
    }

    registration() {
        const url = `http://127.0.0.1:${this.port}/api/inngest`;
        const configured = (name, trigger, attempts) => ({
            id: `crash-${name}`,
            name,
            triggers: [trigger],
            steps: { step: { id: 'step', name: 'step', retries: { attempts },
                runtime: { type: 'http', url: `${url}?fnId=crash-${name}&stepId=step` } } },
        });
        const functions = Object.keys(expectedStatus)
            .map((name) => configured(name, { event: `crash/${name}` }, name === 'fail' ? 1 : 20));
        const expression = "event.data.function_id == 'crash-fail'";
        functions.push(configured('fail-failure',
            { event: 'inngest/function.failed', expression }, 20));
        return { url, deployType: 'ping', framework: 'express', appName: 'crash',
            sdk: 'js:v4.24.0', v: '0.1', capabilities: {}, functions };
    }

    sleepingRuns() {
        return countLater(this.#sleeping);
    }

    backingOffRuns() {
        return countLater(this.#backingOff);
    }

    /// Runs that were called and whose last answer was not sent yet.
    unfinishedRuns() {
        return [...this.runs.values()].filter((run) => !run.isFinished).length;
    }

    #receive(request, response) {
        let text = '';
        request.setEncoding('utf8');
        request.on('data', (part) => { text += part; });
        request.on('end', () => {
            if (request.method !== 'POST') {
                response.writeHead(200, answerHeaders);
                response.end('{"message":"Successfully registered"}');
                return;
            }
            const call = { body: JSON.parse(text), isOpen: true };
            const query = new URL(request.url, 'http://app').searchParams;
            call.name = query.get('fnId').replace('crash-', '');
            call.target = query.get('stepId');
            this.#serve(call, response);
        });
    }

    #serve(call, response) {
        this.openCalls.add(call);
        response.on('close', () => {
            if (call.isOpen)
                ++this.interrupted;
            call.isOpen = false;
            this.openCalls.delete(call);
        });
        const run = this.#runOf(call);
        this.#compareMemos(run, call);
        const answer = this.#answer(run, call);
        const send = () => {
            if (!call.isOpen)
                return;
            call.isOpen = false;
            if (answer.before)
                answer.before();
            response.writeHead(answer.status, { ...answerHeaders, ...answer.headers });
            response.end(JSON.stringify(answer.body));
            this.openCalls.delete(call);
        };
        // Some steps take their time, so that kills find calls in flight.
        if (Math.random() < 0.5)
            setTimeout(send, Math.random() * 30);
        else
            send();
    }

    #runOf(call) {
        const id = call.body.ctx.run_id;
        let run = this.runs.get(id);
        if (!run) {
            run = { id, name: call.name, key: call.body.event.data.key, memos: new Map(),
                executed: new Map(), isFinished: false };
            this.runs.set(id, run);
        }
        if (call.name === 'fail-failure') {
            const failed = call.body.event.data.run_id;
            const handlers = this.handlerRuns.get(failed) ?? new Set();
            this.handlerRuns.set(failed, handlers.add(id));
        }
        if (call.body.ctx.attempt > 0)
            this.#endBackoff(run);
        return run;
    }

    #violate(run, text) {
        this.violations.push(`run ${run.id} of ${run.name}: ${text}`);
    }

    /// A memo that a call carried is recorded: it stays, unchanged, and came from an execution.
    #compareMemos(run, call) {
        const { steps } = call.body;
        for (const [id, value] of Object.entries(steps)) {
            const text = JSON.stringify(value);
            const name = namesById.get(id);
            if (run.memos.has(id)) {
                if (run.memos.get(id) !== text)
                    this.#violate(run, `memo of ${name} changed to ${text}`);
                continue;
            }
            run.memos.set(id, text);
            if (name === 'pause')
                this.#endSleep(run);
            else if (!(run.executed.get(id) ?? []).includes(value?.data?.n))
                this.#violate(run, `memo of ${name} is ${text}, which no execution returned`);
        }
        if (call.target !== 'step')
            return; // may have been built before its siblings were recorded
        for (const id of run.memos.keys()) {
            if (!(id in steps))
                this.#violate(run, `memo of ${namesById.get(id)} is lost`);
        }
    }

    #endSleep(run) {
        if (Date.now() < run.sleepFrom + run.sleepMs)
            this.#violate(run, `woke ${run.sleepFrom + run.sleepMs - Date.now()} ms early`);
        this.#sleeping.delete(run.id);
    }

    #endBackoff(run) {
        if (run.failedAt !== undefined && Date.now() < run.failedAt + retryMs)
            this.#violate(run, `retried ${run.failedAt + retryMs - Date.now()} ms early`);
        this.#backingOff.delete(run.id);
    }

    #answer(run, call) {
        if (call.target !== 'step')
            return this.#execute(run, namesById.get(call.target));
        if (run.name === 'parallel' && parallelIds.some((id) => !(id in call.body.steps)))
            return this.#plan(call);
        const next = scripts[run.name].find((name) => !(hash(name) in call.body.steps));
        if (next === 'pause')
            return this.#sleep(run);
        if (next === 'flaky' && call.body.ctx.attempt === 0)
            return this.#failOnce(run);
        if (next !== undefined)
            return this.#execute(run, next);
        if (run.name === 'fail')
            return this.#failBody(run, call);
        return { status: 200, body: { done: true }, before: () => { run.isFinished = true; } };
    }

    #execute(run, name) {
        const id = hash(name);
        if (run.memos.has(id))
            this.#violate(run, `recorded step ${name} ran again`);
        const n = ++this.executions; // tells the executions of one step apart
        run.executed.set(id, [...(run.executed.get(id) ?? []), n]);
        return { status: 206, body: [op('StepRun', name, { data: { n } })] };
    }

    #plan(call) {
        const missing = scripts.parallel.slice(0, 5)
            .filter((name) => !(hash(name) in call.body.steps));
        return { status: 206, body: missing.map((name) => op('StepPlanned', name, { data: null })) };
    }

    #sleep(run) {
        run.sleepMs ??= Math.random() < 0.5 ? 300 : 1200;
        const body = [{ ...op('Sleep', 'pause', { data: null }), name: `${run.sleepMs}ms` }];
        return { status: 206, body, before: () => {
            run.sleepFrom ??= Date.now();
            this.#sleeping.set(run.id, Date.now() + run.sleepMs);
        } };
    }

    #failOnce(run) {
        const body = [op('StepError', 'flaky',
            { error: { name: 'Error', message: 'flaky' }, data: null })];
        const headers = { 'x-inngest-no-retry': 'false', 'retry-after': '1' };
        return { status: 206, headers, body, before: () => this.#startBackoff(run) };
    }

    #failBody(run, call) {
        const { attempt, max_attempts: maxAttempts } = call.body.ctx;
        return { status: 500, headers: { 'x-inngest-no-retry': 'false' },
            body: { name: 'Error', message: 'poison' },
            before: () => {
                if (attempt + 1 >= maxAttempts)
                    run.isFinished = true;
                else
                    this.#startBackoff(run);
            } };
    }

    #startBackoff(run) {
        run.failedAt ??= Date.now();
        this.#backingOff.set(run.id, Date.now() + retryMs);
    }
}

function countLater(instants) {
    const now = Date.now();
    let count = 0;
    for (const instant of instants.values())
        count += instant > now ? 1 : 0;
    return count;
}
