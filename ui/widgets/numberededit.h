// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/widgets/exacttext.h"

#include <QTextEdit>

#include <optional>
#include <vector>

namespace console {

class Theme;

/// A text control that can have the numbers of its lines in front of them.
class NumberedEdit : public ExactTextEdit
{
    Q_OBJECT

public:
    using ExactTextEdit::ExactTextEdit;

    /// From now on.
    void showNumbers(Theme &theme);

    enum class Side { Before, After };

    /// A line, from 0, that the other side of a comparison does not have.
    struct Difference {
        int line = 0;
        int from = 0; ///< the characters of it that differ; none: all of it
        int length = 0;
    };

    /// From now on the numbers have room for a sign, and these lines have it: − or +.
    void setSide(Side side);
    /// By line.
    void setDifferences(std::vector<Difference> differences);

    /// Pixels that they take; 0 without them.
    [[nodiscard]] int gutterWidth() const;
    void paintGutter(QPaintEvent *event);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

    /// \a line, from 0, has something wrong: its number says so.
    [[nodiscard]] virtual bool isWrong(int line) const;

    void updateNumbers();

    /// Sets the extra selections anew.
    virtual void showMarks();
    void markDifferences(QList<QTextEdit::ExtraSelection> &marks) const;
    [[nodiscard]] bool isDifferent(int line) const;

private:
    void fitGutter();
    [[nodiscard]] QColor ground() const;

    Theme *m_theme = nullptr;
    QWidget *m_gutter = nullptr;
    std::optional<Side> m_side;
    std::vector<Difference> m_differences;
};

} // namespace console
