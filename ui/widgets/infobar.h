// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>
#include <QWidget>

#include <functional>
#include <vector>

class QVBoxLayout;

namespace console {

class Theme;

enum class InfoKind { Info, Success, Warning, Error };

/// What happened, why if known, what to do (ui.md §21).
struct InfoText {
    struct Button {
        QString text;
        std::function<void()> run; ///< the bar closes afterwards
    };

    QByteArray id; ///< a bar with the same id is replaced
    InfoKind kind = InfoKind::Info;
    QString text;
    std::vector<Button> buttons;
    QString details; ///< code, text, time; behind a [Details] button
};

/// The bars of one view, at most three, newest on top; empty it takes no room.
class InfoBarStack final : public QWidget
{
    Q_OBJECT

public:
    explicit InfoBarStack(Theme &theme, QWidget *parent = nullptr);

    void show(const InfoText &info);
    void dismiss(const QByteArray &id);

    [[nodiscard]] int count() const;

private:
    Theme &m_theme;
    QVBoxLayout *m_layout;
};

} // namespace console
