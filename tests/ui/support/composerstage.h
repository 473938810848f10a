// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/ui/support/scene.h"
#include "tests/ui/support/uifixture.h"
#include "ui/events/answersmodel.h"
#include "ui/events/composer.h"
#include "ui/widgets/jsoneditor.h"
#include "ui/widgets/plaintable.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include <memory>

/// The composer alone, with the scene's data, and what a person does with it.
namespace console::test {

using namespace Qt::StringLiterals;

/// keyClicks of Qt 6.4 does not know line ends.
inline void type(QWidget *widget, const QString &text)
{
    for (const QChar c : text) {
        if (c == u'\n')
            QTest::keyClick(widget, Qt::Key_Return);
        else
            QTest::keyClicks(widget, QString(c));
    }
}

struct ComposerStage : UiFixture {
    explicit ComposerStage(const QString &dataFile = {})
        : scene(fillScene(backend))
    {
        backend.state.dataFile = dataFile;
        catalog.reload();
        beat();
        make();
    }

    void make()
    {
        composer = std::make_unique<Composer>(context);
        show(composer.get(), {1280, 420});
        beat();
        editor = child<JsonEditor>(composer.get(), "composerEditor");
        name = child<QLineEdit>(composer.get(), "composerName");
        send = child<QPushButton>(composer.get(), "composerSend");
    }

    void typeName(const QString &text)
    {
        name->setFocus();
        QTest::keyClick(name, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(name, text);
        QTest::keyClick(name, Qt::Key_Escape); // the completion
        composer->activateWindow();            // offscreen a closed list stays active
        editor->setFocus();
        beat();
    }

    /// Replaces the text by typing; what closes by itself is stepped over.
    void typeText(const QString &text)
    {
        editor->setFocus();
        QTest::keyClick(editor, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(editor, Qt::Key_Delete);
        type(editor, text);
        QTRY_VERIFY(!editor->isChecking());
    }

    void pressSend()
    {
        QTest::keyClick(editor, Qt::Key_Return, Qt::ControlModifier);
        beat();
    }

    [[nodiscard]] QString status() const
    {
        return child<QLabel>(composer.get(), "composerStatus")->text();
    }

    /// `charge-order, Running`
    [[nodiscard]] QString answer(int row) const
    {
        const auto *model = child<PlainTable>(composer.get(), "composerAnswers")->model();
        QStringList words{model->index(row, AnswersModel::WhatColumn).data().toString(),
                          model->index(row, AnswersModel::StateColumn).data().toString()};
        words.removeAll(QString());
        return words.join(u", "_s);
    }

    [[nodiscard]] QStringList answers() const
    {
        const auto *table = child<PlainTable>(composer.get(), "composerAnswers");
        QStringList texts;
        for (int row = 0; row < table->model()->rowCount(); ++row)
            texts.append(answer(row));
        return texts;
    }

    /// A run of the event that was sent last; ids of the fake backend are its own, so ask it.
    [[nodiscard]] devserver::api::RunSummary runOf(devserver::EventId event) const
    {
        devserver::api::RunSummary run = runRow(900);
        run.event = event;
        run.status = devserver::RunStatus::Running;
        run.endedAt.reset();
        return run;
    }

    Scene scene;
    std::unique_ptr<Composer> composer;
    JsonEditor *editor = nullptr;
    QLineEdit *name = nullptr;
    QPushButton *send = nullptr;
};

} // namespace console::test
