// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

// The app's own record of what was executed: the judge of every journey.

/** Entries {fn, run, what, attempt, at, …}, written before the SDK answers. */
export class Journal {
    entries = [];

    add(entry) {
        this.entries.push({ ...entry, at: Date.now() });
    }

    of(run, what) {
        return this.entries.filter((entry) => entry.run === run && (what === undefined || entry.what === what));
    }

    /** How often `what` was executed in the run. */
    count(run, what) {
        return this.of(run, what).length;
    }

    /** The attempt index of each execution of `what`, in order. */
    attempts(run, what) {
        return this.of(run, what).map((entry) => entry.attempt);
    }

    /** Milliseconds between consecutive executions of `what`. */
    gaps(run, what) {
        const times = this.of(run, what).map((entry) => entry.at);
        return times.slice(1).map((at, index) => at - times[index]);
    }

    /** What was executed in the run, in order, without entries of the body itself. */
    steps(run) {
        return this.of(run).map((entry) => entry.what).filter((what) => what !== 'body');
    }
}
