// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLabel>

#include <functional>

namespace console {

/// The id of what a heading is about: whole where there is room, else its ends. The tooltip has all
/// of it, and so has the button beside it that copies it.
class IdLabel final : public QLabel
{
    Q_OBJECT

public:
    /// \param room    pixels that the other parts of the heading leave; asked when it is resized
    /// \param parent  the heading
    IdLabel(std::function<int()> room, QWidget *parent);

    /// \a spoken  for the screen reader
    void setId(const QString &id, const QString &spoken);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fit();

    std::function<int()> m_room;
    QString m_id;
};

} // namespace console
