// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QDialog>

#include <functional>

namespace console {

/// A dialog in which something is written: Esc, Cancel and the button of its frame ask before
/// changes are lost. Without changes it closes at once.
class AskingDialog : public QDialog
{
    Q_OBJECT

public:
    using QDialog::QDialog;

    /// \a isChanged  asked when it is left.
    void setChanged(std::function<bool()> isChanged) { m_isChanged = std::move(isChanged); }

    void reject() override;

private:
    std::function<bool()> m_isChanged;
};

/// One question, once, over \a where the changes are; \a discard is called if they are given up.
/// Enter and Esc keep them.
void askToDiscard(QWidget *where, std::function<void()> discard);

} // namespace console
