// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/frameslist.h"

#include "ui/core/errorinfo.h"
#include "ui/core/pathrules.h"
#include "ui/widgets/codefont.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/elidedlink.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/infobar.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/settings.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

namespace console {

using namespace Qt::StringLiterals;

namespace {

void setColor(QWidget *widget, QPalette::ColorRole role, const QColor &color)
{
    QPalette palette = widget->palette();
    palette.setColor(role, color);
    widget->setPalette(palette);
}

/// Wants one line, and has more only where that has no room.
class WrappingLabel final : public QLabel
{
public:
    using QLabel::QLabel;

    [[nodiscard]] QSize sizeHint() const override
    {
        const int width = fontMetrics().horizontalAdvance(text()) + 2; // as a half pixel may need
        return {width, heightForWidth(width)};
    }
};

/// Not `node:internal/…`, which is in the program that ran.
bool isOnDisk(const StackFrame &frame)
{
    const qsizetype colon = frame.file.indexOf(u':');
    return !frame.file.isEmpty() && colon < 2; // 1: the drive of a path
}

} // namespace

FramesList::FramesList(Context &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_layout(new QVBoxLayout)
    , m_notices(new InfoBarStack(context, this))
{
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addLayout(m_layout, 1);
    whole->addWidget(m_notices); // no link moves
    m_notices->setObjectName(u"framesNotices"_s);
    m_notices->setBelow();
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(6);
    connect(&context.theme, &Theme::changed, this, &FramesList::showFiles);
    connect(&context.paths, &PathRules::changed, this, &FramesList::checkFiles);
}

void FramesList::clear()
{
    m_check.cancel();
    m_links.clear();
    m_missing = nullptr;
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
}

void FramesList::setFrames(const std::vector<StackFrame> &parsed)
{
    const std::vector<StackFrame> frames =
        withLibraries(parsed, m_context.settings.value(u"errors/libraries"_s).toString());
    if (frames == m_frames)
        return;
    clear();
    m_frames = frames;
    const QString folder = commonFolder(frames);
    std::vector<StackFrame> library;
    // Own frames first; the library ones in one fold behind them.
    for (const StackFrame &frame : frames) {
        if (frame.isOwn)
            addFrame(frame, folder);
        else
            library.push_back(frame);
    }
    addMissingNote();
    if (!library.empty())
        addLibrary(library);
    showFiles();
    checkFiles();
}

/// What was called, and below it where: both have the whole width, however narrow the place is.
void FramesList::addFrame(const StackFrame &frame, const QString &folder)
{
    auto *line = new QWidget(this);
    auto *column = new QVBoxLayout(line);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    const QString place = frameText(frame, folder);
    auto *link = new ElidedLink(place, line);
    link->setObjectName(u"frameLink"_s);
    link->setAccessibleName(tr("Open %1 in the editor").arg(place));
    useCodeFont(link);
    auto *function =
        new QLabel(frame.function.isEmpty() ? tr("(anonymous)") : frame.function, line);
    function->setTextFormat(Qt::PlainText);
    function->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    function->setToolTip(frame.function);
    function->setTextInteractionFlags(Qt::TextSelectableByMouse);
    column->addWidget(function);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(link, 1, Qt::AlignLeft);
    column->addLayout(row);
    m_layout->addWidget(line);
    addLink(link, frame);
}

void FramesList::addLink(QToolButton *link, const StackFrame &frame)
{
    connect(link, &QToolButton::clicked, this, [this, at = m_links.size()] { open(at); });
    m_links.push_back({.button = link, .frame = frame});
}

void FramesList::addMissingNote()
{
    m_missing = new QWidget(this);
    auto *around = new QVBoxLayout(m_missing);
    around->setContentsMargins(0, 0, 0, 4);
    auto *row = new FlowLayout(8);
    around->addLayout(row);
    m_missingText = new WrappingLabel(m_missing);
    m_missingText->setObjectName(u"framesMissing"_s);
    m_missingText->setForegroundRole(QPalette::PlaceholderText);
    m_missingText->setWordWrap(true);
    auto *locate = new QPushButton(tr("Locate folder…"), m_missing);
    locate->setObjectName(u"framesLocate"_s);
    locate->setAccessibleName(tr("Locate folder"));
    locate->setToolTip(tr("Choose the folder with these files on this machine"));
    locate->setIcon(m_context.icons.icon(u"folder"_s));
    locate->setAutoDefault(false);
    row->addWidget(m_missingText);
    row->addWidget(locate);
    m_missingText->setMinimumHeight(locate->sizeHint().height()); // its words stand beside those
    m_missing->hide();
    m_layout->addWidget(m_missing);
    connect(locate, &QPushButton::clicked, this, &FramesList::askFolder);
}

/// In one line: what was called is whole, of the path the end.
QWidget *FramesList::libraryLine(const StackFrame &frame)
{
    auto *line = new QWidget(this);
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(12);
    const auto say = [line](const QString &text) {
        auto *label = new QLabel(text, line);
        useCodeFont(label);
        label->setTextFormat(Qt::PlainText);
        label->setForegroundRole(QPalette::PlaceholderText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setMinimumWidth(1);
        label->setToolTip(text);
        return label;
    };
    const QString place = frameText(frame, {});
    if (!frame.function.isEmpty())
        row->addWidget(say(frame.function));
    if (isOnDisk(frame)) {
        auto *link = new ElidedLink(place, line);
        link->setObjectName(u"frameLibraryLink"_s);
        link->setAccessibleName(tr("Open %1 in the editor").arg(place));
        useCodeFont(link);
        addLink(link, frame);
        row->addWidget(link, 1, Qt::AlignLeft);
    } else {
        row->addWidget(say(place), 1);
    }
    return line;
}

void FramesList::addLibrary(const std::vector<StackFrame> &frames)
{
    const auto count = static_cast<int>(frames.size());
    auto *fold = new ElidedLink(tr("Library (%1)").arg(count), this);
    fold->setObjectName(u"framesLibrary"_s);
    fold->setAccessibleName(tr("Library frames, %1").arg(count));
    fold->setIcon(m_context.icons.icon(u"chevron-right"_s, Token::TextDim));
    fold->setCheckable(true);
    auto *box = new QWidget(this);
    box->setObjectName(u"framesLibraryBox"_s);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(20, 0, 0, 0);
    layout->setSpacing(4);
    for (const StackFrame &frame : frames)
        layout->addWidget(libraryLine(frame));
    box->hide();
    m_layout->addWidget(fold, 0, Qt::AlignLeft);
    m_layout->addWidget(box);
    connect(fold, &QToolButton::toggled, this, [this, fold, box](bool isOpen) {
        box->setVisible(isOpen);
        fold->setIcon(
            m_context.icons.icon(isOpen ? u"chevron-down"_s : u"chevron-right"_s, Token::TextDim));
    });
}

void FramesList::checkFiles()
{
    QStringList files;
    for (const Link &link : m_links)
        files.append(link.frame.file);
    if (files.isEmpty())
        return;
    m_check.start(
        [files, rules = m_context.paths.rules()](const CancelFlag &isCancelled) {
            std::vector<bool> exist;
            for (const QString &file : files)
                exist.push_back(!isCancelled.load()
                                && QFileInfo::exists(rewrittenPath(file, rules)));
            return exist;
        },
        [this](const std::vector<bool> &exist) {
            for (std::size_t i = 0; i < std::min(exist.size(), m_links.size()); ++i)
                m_links[i].isMissing = !exist[i];
            showFiles();
        });
}

void FramesList::showFiles()
{
    if (m_missing == nullptr)
        return;
    int missing = 0;
    const std::vector<PathRewrite> rules = m_context.paths.rules();
    for (const Link &link : m_links) {
        const QString path = rewrittenPath(link.frame.file, rules);
        link.button->setToolTip(
            link.isMissing ? tr("%1 is not on this machine").arg(path)
                           : tr("Open %1 at line %2").arg(path, QString::number(link.frame.line)));
        const Token token = !link.frame.isOwn ? Token::TextDim
                            : link.isMissing  ? Token::Text
                                              : Token::Accent;
        setColor(link.button, QPalette::ButtonText, m_context.theme.color(token));
        missing += link.isMissing && link.frame.isOwn ? 1 : 0;
    }
    m_missing->setVisible(missing > 0);
    m_missingText->setText(tr("%n file(s) (is|are) not on this machine.", nullptr, missing));
}

void FramesList::open(std::size_t link)
{
    StackFrame frame = m_links[link].frame;
    frame.file = rewrittenPath(frame.file, m_context.paths.rules());
    if (m_links[link].isMissing) {
        Q_EMIT problem(tr("%1 is not on this machine. If the app runs in a container, locate the "
                          "folder of its files below the stack.")
                           .arg(frame.file));
        return;
    }
    const QString command = m_context.settings.editorCommand();
    const auto line = editorCommandLine(command, frame);
    if (!line) {
        // No editor was chosen: what the desktop opens such files with, if it has something.
        m_context.desktop.openUrl(QUrl::fromLocalFile(frame.file));
        offerEditors();
        return;
    }
    if (!m_context.desktop.launch(line->first, line->second))
        Q_EMIT problem(
            tr("%1 cannot be started. Choose an editor in the settings.").arg(line->first));
}

/// Whether the desktop has a program for the file is not known, and the line is lost in any case.
void FramesList::offerEditors()
{
    m_notices->show({.id = "frames.editor"_ba,
                     .kind = InfoKind::Info,
                     .text = tr("No editor is chosen: the file was left to the desktop, which may "
                                "have no program for it and knows no lines."),
                     .buttons = {{tr("Choose an editor…"),
                                  [this] {
                                      m_context.navigator.go({.view = "settings"_ba,
                                                              .filter = {},
                                                              .subject = "editor"_ba});
                                  }}},
                     .details = {}});
}

void FramesList::askFolder()
{
    auto *dialog = new QFileDialog(this, tr("Folder with the files of the app"));
    dialog->setObjectName(u"framesFolder"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        const QStringList chosen = dialog->selectedFiles();
        if (!chosen.isEmpty())
            locate(chosen.back()); // Qt's own dialog may select the folders above, too
    });
    dialog->open();
}

void FramesList::locate(const QString &folder)
{
    QStringList files;
    for (const Link &link : m_links) {
        if (link.isMissing && link.frame.isOwn)
            files.append(link.frame.file);
    }
    m_search.start(
        [files, folder](const CancelFlag &) {
            return findRewrite(files, folder,
                               [](const QString &path) { return QFileInfo::exists(path); });
        },
        [this, folder](const std::optional<PathRewrite> &rule) {
            if (!rule) {
                Q_EMIT problem(tr("None of these files is in %1.").arg(folder));
                return;
            }
            m_context.paths.add(*rule);
            Q_EMIT located();
        });
}

} // namespace console
