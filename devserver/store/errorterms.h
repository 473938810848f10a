// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace devserver::store {

/// What a cancelled run was tried again after: the error of its last attempt that failed, unless
/// the same job went well or failed for good later. Over `runs`; NULL if there is none.
inline constexpr char errorOfCancelled[] = R"((
        SELECT tried.error
        FROM attempts AS tried
        WHERE tried.run_id = runs.id AND tried.cycle = runs.cycle AND tried.outcome = 3
            AND NOT EXISTS (
                SELECT 1
                FROM attempts AS later
                WHERE later.run_id = tried.run_id AND later.request > tried.request
                    AND later.job_id = tried.job_id AND later.outcome IN (2, 4))
        ORDER BY tried.request DESC
        LIMIT 1))";

} // namespace devserver::store
