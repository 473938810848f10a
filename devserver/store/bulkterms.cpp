// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/store/bulkterms.h"

#include "devserver/model/bulk.h"

#include <algorithm>
#include <array>
#include <optional>

namespace devserver::store {

using namespace Qt::StringLiterals;

namespace {

struct Key {
    QByteArrayView name;
    std::optional<BulkItemState> result; ///< nothing: any
};

constexpr std::array<Key, 3> keys = {{{"bulk", std::nullopt},
                                      {"bulk-completed", BulkItemState::Completed},
                                      {"bulk-failed", BulkItemState::FailedAgain}}};

const Key *find(QByteArrayView name)
{
    const auto found =
        std::ranges::find_if(keys, [name](const Key &key) { return key.name == name; });
    return found == keys.end() ? nullptr : &*found;
}

} // namespace

bool isBulkKey(QByteArrayView key)
{
    return find(key) != nullptr;
}

Result<SqlCondition> bulkMatches(const QByteArray &column, const api::FilterTerm &term)
{
    const bool isNot = term.op == api::FilterOp::NotEqual;
    api::FilterTerm wanted = term;
    if (isNot)
        wanted.op = api::FilterOp::Equal;
    const Result<SqlCondition> ids = idMatches("bulk_items.bulk_id"_ba, wanted);
    if (!ids)
        return ids;
    QByteArray before = column + (isNot ? " NOT IN (" : " IN (")
                        + "SELECT bulk_items.run_id FROM bulk_items WHERE ";
    if (const std::optional<BulkItemState> result = find(term.key)->result)
        before += "bulk_items.state = " + QByteArray::number(static_cast<int>(*result)) + " AND ";
    return ids->within(before, ")"_ba);
}

} // namespace devserver::store
