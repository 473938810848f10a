// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/copyas.h"
#include "ui/core/draft.h"
#include "ui/core/drafthistory.h"
#include "ui/core/fieldprofile.h"
#include "ui/events/draftsender.h"
#include "ui/widgets/context.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QLineEdit;
class QSplitter;

namespace devserver::api {
class Reply;
}

namespace console {

class AnswersModel;
class ComposerBar;
class DraftLists;
class DraftTarget;
class Favourites;
class JsonEditor;
class PlainTable;

/// Writes and sends events and invocations, and shows what they started (ui.md §10). The draft is
/// kept over restarts.
class Composer final : public QWidget
{
    Q_OBJECT

public:
    explicit Composer(Context &context, QWidget *parent = nullptr);
    ~Composer() override;

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void makeLayout();
    [[nodiscard]] QWidget *makeAnswers();
    void connectParts();
    void listen();

    [[nodiscard]] Draft draft() const;
    void setDraft(const Draft &draft);
    void takeDraft(Draft::Target target, const QByteArray &name, const QByteArray &dataJson);
    void check();
    [[nodiscard]] QString whyNot() const;
    void send(bool opensFirst);
    void sendDraft(const DraftSender::Order &order);
    void walkHistory(int step);
    void askName();
    void saveFavourite();
    void copy(CopyLanguage language);
    void learn(const QByteArray &name);
    void keep();

    Context &m_context;
    DraftHistory *m_history;
    Favourites *m_favourites;
    AnswersModel *m_answers;
    DraftSender *m_sender;
    DraftTarget *m_target;
    QSplitter *m_splitter;
    DraftLists *m_lists;
    JsonEditor *m_editor;
    PlainTable *m_answerTable;
    QLineEdit *m_favouriteName;
    ComposerBar *m_bar;
    QTimer m_keepTimer;
    FieldProfile m_profile;
    QByteArray m_learnt; ///< name whose earlier events the profile is made of
    QPointer<devserver::api::Reply> m_request;
    QString m_refusal; ///< what the server said to the last send
};

} // namespace console
