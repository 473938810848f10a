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
        QString type; ///< as JSON names it: `string`, `boolean`
        int seen = 0; ///< in how many events
    };

    struct Value {
        QByteArray json; ///< as it was written: `"EUR"`, `120`, `true`
        int seen = 0;    ///< how often

        bool operator==(const Value &) const = default;
    };

    /// A member of a draft whose type no earlier event had.
    struct Doubt {
        qsizetype begin = 0; ///< of the value, bytes
        qsizetype end = 0;
        QString message; ///< translated: `total was a number in 50 of 50 events`
    };

    void clear();
    /// The data of one event; what is not an object teaches nothing.
    void learn(const QByteArray &data);

    [[nodiscard]] int events() const { return m_events; }

    /// Names below a path such as `customer.address`; the most frequent first.
    [[nodiscard]] std::vector<Field> fieldsAt(const QByteArray &path) const;
    /// Texts, numbers and truth values that a member often had, at most 5, the most frequent first.
    /// Values that are different each time, such as ids, are none.
    [[nodiscard]] std::vector<Value> valuesOf(const QByteArray &path, const QByteArray &name) const;
    /// In the order of the text, which is a draft (comments, placeholders); none until a few events
    /// are known. A text that is not JSON is looked through up to its error.
    [[nodiscard]] std::vector<Doubt> doubtsIn(const QByteArray &draft) const;

private:
    struct Known {
        std::map<QByteArray, int> types;  ///< how often
        std::map<QByteArray, int> values; ///< scalars, as written
        int seen = 0;
    };

    std::map<QByteArray, std::map<QByteArray, Known>> m_fields; ///< by path, by name
    int m_events = 0;
};

/// The object that the place of a text is in, elements of arrays being left out; works on texts
/// that are not finished.
struct DraftSpot {
    QByteArray path;
    bool isKey = false; ///< a name of a member is written here
    QByteArray key;     ///< of the member whose value is written here; empty: of none
    bool isInString = false;
    QByteArray begun;    ///< what is there of it already, without its quote
    qsizetype begin = 0; ///< of the name or value, with its quote if there is one; bytes
};

[[nodiscard]] DraftSpot spotAt(const QByteArray &text, qsizetype offset);

} // namespace console
