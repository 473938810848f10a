// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

/// From a value in a payload to the filter line that asks for it (ui.md §8, §17).
namespace console {

/// What a payload is; filter lines know paths into events and into outputs of runs.
enum class PayloadRole {
    Other,
    Event,   ///< an event: `data.total`
    Request, ///< what an app was sent; its events are in it: `event.data.total`
    Output,  ///< result of a run: `total`
};

struct PayloadPart {
    QString path; ///< `data.items[3].sku`; empty: all of it
    QByteArray value;
};

/// `data.items[3].sku:a`; nothing if the filter language cannot say it: an object or an array, a
/// text of many lines, a place that is in no event and in no output.
[[nodiscard]] std::optional<QString> payloadFilter(PayloadRole role, const PayloadPart &part);

struct PayloadDraft {
    QByteArray name; ///< of the event; empty: not known
    QByteArray data;
};

/// The part as an event to send: a whole event with its name, else an object as the data of one.
[[nodiscard]] std::optional<PayloadDraft> payloadDraft(PayloadRole role, const PayloadPart &part);

} // namespace console
