// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include <map>
#include <vector>

/// Which fields the data of earlier events had: what the composer proposes without a schema
/// (ui.md §10).
namespace console {

class FieldProfile
{
public:
    struct Field {
        QString name;
        QString type; ///< translated: `text`, `number`, `object`
        int seen = 0; ///< in how many events
    };

    void clear();
    /// The data of one event; what is not an object teaches nothing.
    void learn(const QByteArray &data);

    [[nodiscard]] int events() const { return m_events; }

    /// Names below a path such as `customer.address`; the most frequent first.
    [[nodiscard]] std::vector<Field> fieldsAt(const QByteArray &path) const;

private:
    struct Known {
        QByteArray type;
        int seen = 0;
    };

    std::map<QByteArray, std::map<QByteArray, Known>> m_fields; ///< by path, by name
    int m_events = 0;
};

/// The object that the place of a text is in, elements of arrays being left out; works on texts
/// that are not finished.
struct DraftSpot {
    QByteArray path;
    bool isKey = false;  ///< a name of a member is written here
    QByteArray begun;    ///< what is there of it already, without its quote
    qsizetype begin = 0; ///< of the name, with its quote if there is one; bytes
};

[[nodiscard]] DraftSpot spotAt(const QByteArray &text, qsizetype offset);

} // namespace console
