// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "devserver/sdk/task.h"

#include <tuple>
#include <utility>
#include <vector>

namespace devserver::sdk {

/// Several branches side by side; see `all`.
template<Awaited... Branches>
class [[nodiscard]] All : public Awaitable
{
public:
    explicit All(Branches &&...branches)
        : m_branches(std::move(branches)...)
    {}

    bool await_ready()
    {
        bool isReady = true;
        const auto start = [&](auto &...branch) {
            ((isReady = branch.await_ready() && isReady), ...);
        };
        std::apply(start, m_branches);
        return isReady;
    }

    auto await_resume()
    {
        return std::apply(
            [](auto &...branch) {
                // Braces: the first branch in order is the one whose exception counts.
                return std::tuple<decltype(branch.await_resume())...>{branch.await_resume()...};
            },
            m_branches);
    }

private:
    std::tuple<Branches...> m_branches;
};

/// As many branches as there are; see `all`.
template<Awaited Branch>
class [[nodiscard]] AllOf : public Awaitable
{
public:
    using Value = decltype(std::declval<Branch &>().await_resume());

    explicit AllOf(std::vector<Branch> branches)
        : m_branches(std::move(branches))
    {}

    bool await_ready()
    {
        bool isReady = true;
        for (Branch &branch : m_branches)
            isReady = branch.await_ready() && isReady;
        return isReady;
    }

    std::vector<Value> await_resume()
    {
        std::vector<Value> values;
        values.reserve(m_branches.size());
        for (Branch &branch : m_branches)
            values.push_back(branch.await_resume());
        return values;
    }

private:
    std::vector<Branch> m_branches;
};

/// Runs branches in parallel: steps, sleeps, or tasks that have steps of their own.
///
/// Goes on when all of them are done, with their results in order; throws what the first of those
/// that failed threw. \code
///     const auto [stock, fraud] = co_await all(ctx.step("reserve-stock", reserveStock, order),
///                                              ctx.step("check-fraud", checkFraud, order));
/// \endcode
template<Awaited... Branches>
All<Branches...> all(Branches... branches)
{
    return All<Branches...>(std::move(branches)...);
}

template<Awaited Branch>
AllOf<Branch> all(std::vector<Branch> branches)
{
    return AllOf<Branch>(std::move(branches));
}

} // namespace devserver::sdk
