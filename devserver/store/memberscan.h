// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArrayView>
#include <QVarLengthArray>

namespace devserver::store {

/// The values of all members that have one name, at any depth, found in the bytes of validated JSON
/// without walking it: far cheaper, and most payloads have none that is asked for.
///
/// It may find what is no member, and never misses one: to be asked before a walk, not instead.
class MemberScan
{
public:
    /// \a path  names with dots between; the last one is looked for.
    MemberScan(QByteArrayView json, QByteArrayView path);

    /// False: only a walk can tell, since an escape may hide a name or stand in a value, and a
    /// number may be the index of an array.
    [[nodiscard]] bool isSure() const { return m_isSure; }

    /// The next value as written, of a container its bracket only; empty: there is none left.
    [[nodiscard]] QByteArrayView next();

private:
    [[nodiscard]] const char *skipSpace(const char *at) const;
    [[nodiscard]] QByteArrayView valueAt(const char *at) const;

    QVarLengthArray<char, 64> m_key; ///< with quotes
    const char *m_at;
    const char *m_end;
    bool m_isSure;
};

} // namespace devserver::store
