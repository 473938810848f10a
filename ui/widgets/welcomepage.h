// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QScrollArea>

class QBoxLayout;
class QLabel;
class QPushButton;

namespace console {

class SnippetBox;
struct Context;

/// What an empty Runs view shows until the first run exists, and Help › Getting started
/// (ui.md §19): connect an app, or start the sample functions. No wizard; it only ticks off what is
/// there.
class WelcomePage final : public QScrollArea
{
    Q_OBJECT

public:
    explicit WelcomePage(Context &context, QWidget *parent = nullptr);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QWidget *makeConnectCard();
    void showState();
    void showFound();
    void pointBack(const QString &words);

    Context &m_context;
    QBoxLayout *m_row = nullptr; ///< code and checks
    SnippetBox *m_snippet = nullptr;
    QPushButton *m_showCode = nullptr; ///< although there is an app already
    QLabel *m_title = nullptr;
    QLabel *m_cardTitle = nullptr;
    QLabel *m_dataFile = nullptr;
    QLabel *m_howFound = nullptr; ///< how an app comes in
    bool m_isCodeWanted = false;
};

} // namespace console
