// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLabel>
#include <QString>

/// How links look, everywhere (ui.md §2.5: colour is never the only sign). Among other words, in a
/// sentence, a list of names or a line of facts, a link has a line below it. One that is all there
/// is, a value beside its label, a cell or a line of its own, has it while the mouse or the
/// keyboard is there: its place tells it from the rest. Buttons that look like links are of the
/// second kind: `ElidedLink`; cells: `Cell::isLink`.
namespace console {

class Theme;

/// Rich text of a link among other words. \a html  escaped already
[[nodiscard]] QString linkAmongWords(const QString &target, const QString &html);

/// Words with links among them. Tab comes to the first link, or the last one from behind, at once:
/// that a plain label has the focus, but none of its links, nobody sees.
class LinkText final : public QLabel
{
    Q_OBJECT

public:
    explicit LinkText(QWidget *parent = nullptr);

protected:
    void focusInEvent(QFocusEvent *event) override;
};

/// Makes all that the label says a link. \a html  escaped already
void setLoneLink(QLabel *label, const QString &html, const QString &target = QStringLiteral("#"));

/// Links in a label have the colour of the time when its text was set: sets it again with each
/// theme.
void keepLinkColour(QLabel *label, Theme &theme);

} // namespace console
