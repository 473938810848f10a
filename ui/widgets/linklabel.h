// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLabel>
#include <QString>

/// How links look, everywhere: in the colour of links, with a line below (ui.md §2.5: colour is
/// never the only sign), whether they stand among words or alone. So do buttons that look like
/// links, `ElidedLink`, and cells, `Cell::isLink`; nothing else has such a line.
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

    /// Instead of `setText`, where there may be no link: then Tab does not come here.
    void setWords(const QString &html);

protected:
    void focusInEvent(QFocusEvent *event) override;
};

/// Makes all that the label says a link. \a html  escaped already
void setLoneLink(QLabel *label, const QString &html, const QString &target = QStringLiteral("#"));

/// Links in a label have the colour of the time when its text was set: sets it again with each
/// theme.
void keepLinkColour(QLabel *label, Theme &theme);

} // namespace console
