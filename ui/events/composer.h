// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/core/copyas.h"
#include "ui/core/draft.h"
#include "ui/core/drafthistory.h"
#include "ui/events/draftcopies.h"
#include "ui/events/draftsender.h"
#include "ui/events/keptdrafts.h"
#include "ui/widgets/backgroundjob.h"
#include "ui/widgets/context.h"

#include <QTimer>
#include <QWidget>

namespace console {

class AnswersModel;
class AnswersPanel;
class ComposerBar;
class DraftCopier;
class DraftLists;
class DraftPanes;
class DraftTabs;
class DraftTarget;
class DraftLoader;
class EarlierEvents;
class FavouriteFolder;
class FavouriteName;
class Favourites;
class JsonEditor;

/// Writes and sends events and invocations, and shows what they started (ui.md §10). The drafts
/// are kept over restarts.
class Composer final : public QWidget
{
    Q_OBJECT

public:
    explicit Composer(Context &context, QWidget *parent = nullptr);
    ~Composer() override;

    /// With what is needed: the rest of the fields comes on demand, lists and rows scroll.
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    /// Gives it to the editor; a focus proxy would be followed by Tab.
    void focusInEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeLayout();
    void connectParts();
    void connectLists();
    void connectSending();
    void listen();
    void bindActions();
    void restore();
    void connectKept();
    void takeKept(const KeptDrafts::Content &kept);

    [[nodiscard]] static Draft blank();
    [[nodiscard]] Draft draft() const;
    /// A new one is sent once, whatever the one before was.
    void setDraft(const Draft &draft, const DraftCopies &copies = {});
    /// \a draft  without its text; without a name, too: a new one
    void takeDraft(Draft draft, const QByteArray &dataJson);
    /// Also asks for the name to keep it under, once it is there.
    void takeFavourite(const QByteArray &name, const QByteArray &dataJson,
                       const QByteArray &userJson);
    /// Into the current tab if nothing is lost by that, else into a new one.
    void put(const Draft &draft);
    /// Nothing would be lost by replacing it: as it came, or as it was sent last.
    [[nodiscard]] bool isUntouched() const;
    void noteEdit();
    void refuse(const QString &problem);
    /// Unless something else was said meanwhile.
    void takeBack(const QString &problem);
    void check();
    [[nodiscard]] QString whyNot() const;
    bool warnOfNobody();
    void sayGood();
    void sayProgress();
    void send(bool opensFirst);
    void sendDraft(const SendOrder &order);
    void walkHistory(int step);
    void showChanges(int entry);
    void fillFromLast();
    /// A draft that came without data gets those of the last one, unless somebody writes meanwhile.
    void fillIfWanted();
    void takeFile(const QByteArray &json);
    void takeFileDraft(const Draft &with);
    void sayUnkept();
    void keepRemoved(const Draft &draft);
    void askName();
    void takeProject();
    void copy(CopyLanguage language);
    void keep();
    /// Whether there is room for all rows of the target.
    void judgeHeight();

    Context &m_context;
    KeptDrafts *m_kept;
    DraftHistory *m_history;
    Favourites *m_favourites;
    FavouriteFolder *m_folder;
    AnswersModel *m_answers;
    DraftSender *m_sender;
    DraftCopier *m_copier;
    EarlierEvents *m_earlier;
    DraftTabs *m_tabs;
    DraftTarget *m_target;
    DraftPanes *m_panes;
    DraftLists *m_lists;
    JsonEditor *m_editor;
    AnswersPanel *m_answersPanel;
    FavouriteName *m_favouriteName;
    DraftLoader *m_loader;
    ComposerBar *m_bar;
    BackgroundJob m_reading; ///< of a large file
    QTimer m_keepTimer;
    Draft m_restored;               ///< what was shown first
    Draft m_asItCame;               ///< what `put` made of the fields
    Draft m_atReading;              ///< what was there when a file was chosen
    DraftCopies m_copiesBeforeWalk; ///< through the history
    QString m_refusal;              ///< what the server said to the last send
    QString m_note;                 ///< said until the next edit
    bool m_wantsLast = false;
    bool m_wantsMore = false;     ///< to send copies while others are being sent
    bool m_isUnkept = false;      ///< of some draft only the name is kept, which was said
    bool m_hasNewHistory = false; ///< since it was kept
};

} // namespace console
