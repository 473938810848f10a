// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArrayList>
#include <QString>

/// The events that start the functions of `app/sample`, with data that they can use (ui.md §19).
namespace console {

class Catalog;

/// Names of those that the functions of this process listen to, in the order to show them in.
[[nodiscard]] QByteArrayList sampleTriggers(const Catalog &catalog);
/// What comes of one, a sentence.
[[nodiscard]] QString sampleWords(const QByteArray &event);
/// One event, to be sent.
[[nodiscard]] QByteArray sampleJson(const QByteArray &event);
/// One of each, to be sent together; without the one that mends the poison job, which would leave
/// no dead letter.
[[nodiscard]] QByteArray oneOfEachSample();
/// Of many orders the one with this number.
[[nodiscard]] QByteArray sampleOrder(int number);

} // namespace console
