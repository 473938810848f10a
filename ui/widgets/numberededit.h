// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/widgets/exacttext.h"

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

    /// Pixels that they take; 0 without them.
    [[nodiscard]] int gutterWidth() const;
    void paintGutter(QPaintEvent *event);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

    /// \a line, from 0, has something wrong: its number says so.
    [[nodiscard]] virtual bool isWrong(int line) const;

    void updateNumbers();

private:
    void fitGutter();

    Theme *m_theme = nullptr;
    QWidget *m_gutter = nullptr;
};

} // namespace console
