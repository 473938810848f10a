// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLabel>

#include <functional>

class QLayout;

namespace console {

/// The id of what a heading is about: whole where there is room, else its ends. The tooltip has all
/// of it, and so has the button beside it that copies it. While times beside it count it stays as
/// it is: one that is whole is cut only where these need its room, one that was cut is not made
/// whole.
class IdLabel final : public QLabel
{
    Q_OBJECT

public:
    /// \param parent  the heading
    explicit IdLabel(QWidget *parent);

    /// In \a row of the heading, whose other parts are shown in whole before the id is.
    /// \a unseen  pixels of what they have left out for want of room
    void standIn(const QLayout *row, std::function<int()> unseen = {});

    /// Characters by which the times beside it may become longer; those of something that goes on
    /// by default.
    void setSpare(int chars) { m_spare = chars; }

    /// \a spoken  for the screen reader
    void setId(const QString &id, const QString &spoken);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void chooseText();
    void shrink();
    void showWhole(bool isWhole);

    [[nodiscard]] int room() const;

    const QLayout *m_row = nullptr; ///< of the heading, which lives longer
    std::function<int()> m_unseen;
    QString m_id;
    int m_spare = 10; ///< `9 s` becomes `1 h 59 m`, and digits are not equally wide
    bool m_isWhole = false;
};

} // namespace console
