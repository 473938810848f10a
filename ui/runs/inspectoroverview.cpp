// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/runs/inspectoroverview.h"

#include "ui/core/codewords.h"
#include "ui/core/format.h"
#include "ui/widgets/context.h"
#include "ui/widgets/desktop.h"
#include "ui/widgets/icons.h"
#include "ui/widgets/linklabel.h"
#include "ui/widgets/navigator.h"
#include "ui/widgets/wholelabel.h"
#include "ui/widgets/wrappedtext.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;

namespace {

constexpr int margin = 16;
constexpr int side = 12;           // as what stands in the other tabs
constexpr int mostLabelChars = 14; // a longer one widens its own section only
constexpr int rowHeight = 24;      // also of the button behind a value
constexpr int stateIcon = 16;
constexpr int idGap = 6;
constexpr int belowRemark = 8;
constexpr int wholeRow = 1000; ///< stretch beside a spacer of 1
constexpr int longWord = 24;   // characters; a label may not have room for more

bool isRich(const Fact &fact)
{
    return !fact.code.isEmpty() || !fact.codes.isEmpty() || !fact.part.isEmpty();
}

/// With the code behind it; as rich text, if there is code, or a link among the words.
QString wordsOf(const Fact &fact)
{
    if (!isRich(fact))
        return visibleText(fact.value);
    // Expressions may have lines, which are shown as one.
    const auto shown = [](const QString &text) { return visibleText(text, LineEnds::Kept); };
    QStringList codes;
    for (const QString &code : fact.codes)
        codes.append(shown(code));
    QString words = withCode(shown(fact.value), codes);
    if (!fact.part.isEmpty()) {
        const QString part = shown(fact.part).toHtmlEscaped();
        words.replace(part, linkAmongWords(u"#"_s, part));
    }
    return fact.code.isEmpty() ? words : QString(words + u' ' + codeHtml(shown(fact.code)));
}

/// Words, and one of them so long that a line may have to end in it.
bool hasLongWord(const Fact &fact)
{
    if (fact.isMono || fact.isCopyable || isRich(fact) || fact.link.kind != FactLink::Kind::None
        || fact.label.isEmpty() || !fact.icon.isEmpty() || fact.token != Token::Text)
        return false;
    const QList<QStringView> words = QStringView(fact.value).split(u' ');
    return std::any_of(words.begin(), words.end(),
                       [](QStringView word) { return word.size() > longWord; });
}

/// Centred in a row of one line, and there too when more lines follow. Code stands on the line of
/// the words beside it, which are in \a usual.
void alignFirstLine(QLabel *label, const QFont &usual)
{
    const QFontMetrics words(usual);
    const QFontMetrics own = label->fontMetrics();
    const int around = std::max(0, (rowHeight - words.height()) / 2);
    const int above = std::max(0, around + words.ascent() - own.ascent());
    label->setContentsMargins(0, above, 0,
                              std::max(0, words.height() + 2 * around - above - own.height()));
    label->setAlignment(Qt::AlignLeft | Qt::AlignTop);
}

bool haveSameRows(const std::vector<FactSection> &one, const std::vector<FactSection> &other)
{
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](const FactSection &a, const FactSection &b) {
                          return a.title == b.title
                                 && std::equal(a.facts.begin(), a.facts.end(), b.facts.begin(),
                                               b.facts.end(), [](const Fact &x, const Fact &y) {
                                                   return x.label == y.label && x.link == y.link
                                                          && x.token == y.token && x.icon == y.icon
                                                          && x.linked == y.linked
                                                          && x.part.isEmpty() == y.part.isEmpty()
                                                          && isRich(x) == isRich(y)
                                                          && hasLongWord(x) == hasLongWord(y)
                                                          && x.isCopyable == y.isCopyable;
                                               });
                      });
}

} // namespace

InspectorOverview::InspectorOverview(Context &context, QWidget *parent)
    : QScrollArea(parent)
    , m_context(context)
{
    setFrameShape(NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setBackgroundRole(QPalette::Base);
    connect(&context.theme, &Theme::changed, this, [this] {
        if (m_content != nullptr)
            showState(m_facts);
    });
}

void InspectorOverview::setFacts(const SubjectFacts &facts)
{
    const bool hadState = !m_facts.sentence.isEmpty() || !m_facts.word.isEmpty();
    const bool hasState = !facts.sentence.isEmpty() || !facts.word.isEmpty();
    const bool staysSame = m_content != nullptr && hadState == hasState
                           && haveSameRows(m_facts.sections, facts.sections);
    m_facts = facts;
    if (!staysSame) {
        build(facts);
    } else {
        std::size_t row = 0;
        for (const FactSection &section : facts.sections) {
            for (const Fact &fact : section.facts) {
                Row &shown = m_rows[row++];
                shown.fact = fact;
                if (shown.words != nullptr)
                    shown.words->setWords(wordsOf(fact));
                else if (auto *id = qobject_cast<WholeLabel *>(shown.value))
                    id->setWhole(fact.value);
                else if (shown.value != nullptr && shown.value->text() != wordsOf(fact))
                    shown.value->setText(wordsOf(fact));
            }
        }
    }
    showState(facts);
}

/// The colour of a link is taken when its text is read.
void InspectorOverview::changeEvent(QEvent *event)
{
    QScrollArea::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    // Not at once: Qt tells one widget after the other, and rows would go before they are told.
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (m_content == nullptr)
                return;
            build(m_facts);
            showState(m_facts);
        },
        Qt::QueuedConnection);
}

void InspectorOverview::build(const SubjectFacts &facts)
{
    m_rows.clear();
    m_content = new QWidget;
    m_content->setBackgroundRole(QPalette::Base);
    m_content->setAutoFillBackground(true);
    m_layout = new QVBoxLayout(m_content);
    m_layout->setContentsMargins(side, margin, side, margin);
    m_layout->setSpacing(18);
    m_word = new QLabel(m_content);
    m_word->setObjectName(u"inspState"_s);
    m_word->setForegroundRole(QPalette::Text);
    m_sentence = new WrappedText(tr("State"), {}, m_content);
    m_sentence->setObjectName(u"inspSentence"_s);
    auto *words = new QVBoxLayout;
    words->setSpacing(3);
    words->addWidget(m_word);
    words->addWidget(m_sentence);
    if (!facts.sentence.isEmpty() || !facts.word.isEmpty())
        m_layout->addLayout(words);
    else
        delete words;
    m_labelWidth = 0; // one for all sections
    for (const FactSection &section : facts.sections) {
        for (const Fact &fact : section.facts)
            m_labelWidth =
                std::max(m_labelWidth, fontMetrics().horizontalAdvance(visibleText(fact.label)));
    }
    m_labelWidth = std::min(m_labelWidth, fontMetrics().averageCharWidth() * mostLabelChars);
    for (const FactSection &section : facts.sections)
        addSection(section);
    m_layout->addStretch(1);
    setWidget(m_content); // deletes the one before
}

void InspectorOverview::showState(const SubjectFacts &facts)
{
    m_word->setVisible(!facts.word.isEmpty());
    m_word->setText(facts.word);
    QFont font = this->font();
    font.setWeight(QFont::DemiBold);
    m_word->setFont(font);
    QPalette palette = m_word->palette();
    palette.setColor(QPalette::Text, m_context.theme.color(facts.token));
    m_word->setPalette(palette);
    m_sentence->setVisible(!facts.sentence.isEmpty());
    m_sentence->setWords(visibleText(facts.sentence, LineEnds::Kept));
}

void InspectorOverview::addSection(const FactSection &section)
{
    auto *box = new QVBoxLayout;
    box->setSpacing(6);
    if (!section.title.isEmpty()) {
        auto *title = new QLabel(visibleText(section.title), m_content);
        QFont font = this->font();
        font.setWeight(QFont::DemiBold);
        title->setFont(font);
        box->addWidget(title);
    }
    auto *grid = new QGridLayout;
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(0);
    grid->setColumnMinimumWidth(0, m_labelWidth);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const Fact &fact : section.facts)
        hasLongWord(fact) ? addWords(grid, row++, fact) : addRow(grid, row++, fact);
    box->addLayout(grid);
    m_layout->addLayout(box);
}

void InspectorOverview::addLabel(QGridLayout *grid, int row, const QString &text)
{
    auto *label = new QLabel(visibleText(text), m_content);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setMinimumHeight(rowHeight);
    alignFirstLine(label, font());
    grid->addWidget(label, row, 0, Qt::AlignLeft | Qt::AlignTop);
}

void InspectorOverview::addRow(QGridLayout *grid, int row, const Fact &fact)
{
    const bool isRemark = fact.label.isEmpty(); // about the row above it
    if (!isRemark)
        addLabel(grid, row, fact.label);
    auto *line = new QHBoxLayout;
    line->setSpacing(4);
    Row made{.fact = fact};
    const bool hasPart = !fact.part.isEmpty();
    const bool isLink = fact.link.kind != FactLink::Kind::None && fact.linked.isEmpty() && !hasPart;
    auto *id = fact.isMono ? new WholeLabel(m_context, isLink, m_content) : nullptr;
    QLabel *value = id;
    if (id == nullptr)
        value = hasPart ? new LinkText(m_content) : new QLabel(m_content);
    value->setAccessibleName(visibleText(fact.label));
    // A link with a long name does not make the other rows wider than the page.
    value->setMinimumSize(isLink && id == nullptr ? 1 : 0, isRemark ? 0 : rowHeight);
    value->setObjectName(u"inspValue"_s);
    value->setWordWrap(true);
    alignFirstLine(value, font());
    if (isRemark)
        value->setContentsMargins(0, 0, 0, belowRemark);
    if (id != nullptr)
        id->setWhole(fact.value);
    if (isLink) {
        if (id == nullptr)
            setLoneLink(value, visibleText(fact.value).toHtmlEscaped());
        connect(value, &QLabel::linkActivated, this, [this, link = fact.link] { follow(link); });
    } else {
        value->setTextFormat(isRich(fact) ? Qt::RichText : Qt::PlainText);
        if (id == nullptr)
            value->setText(wordsOf(fact));
        value->setTextInteractionFlags(hasPart ? Qt::LinksAccessibleByMouse
                                                     | Qt::LinksAccessibleByKeyboard
                                               : Qt::TextSelectableByMouse);
        if (hasPart)
            connect(value, &QLabel::linkActivated, this,
                    [this, link = fact.link] { follow(link); });
        made.value = value;
        if (fact.token != Token::Text) {
            QPalette colors = value->palette();
            colors.setColor(value->foregroundRole(), m_context.theme.color(fact.token));
            value->setPalette(colors);
        }
    }
    if (!fact.icon.isEmpty()) {
        addIcon(line, fact);
        value->setWordWrap(false); // the link behind it is
    }
    // An id is wrapped only where there is no room at all.
    line->addWidget(value, fact.linked.isEmpty() ? wholeRow : 0);
    if (!fact.linked.isEmpty())
        addLink(line, fact);
    if (fact.isCopyable)
        addCopy(line, fact);
    if (fact.isCopyable || fact.isMono)
        line->addStretch(1);
    grid->addLayout(line, row, 1);
    m_rows.push_back(made);
}

/// On the line of the label before it.
void InspectorOverview::addWords(QGridLayout *grid, int row, const Fact &fact)
{
    addLabel(grid, row, fact.label);
    auto *words = new WrappedText(visibleText(fact.label), wordsOf(fact), m_content);
    words->setObjectName(u"inspWords"_s);
    const int around = std::max(0, (rowHeight - fontMetrics().height()) / 2);
    auto *box = new QVBoxLayout;
    box->setContentsMargins(0, around, 0, around);
    box->addWidget(words);
    grid->addLayout(box, row, 1);
    m_rows.push_back({.fact = fact, .words = words});
}

/// Before the row that it stands in is kept.
void InspectorOverview::addCopy(QHBoxLayout *line, const Fact &fact)
{
    auto *copy = new QToolButton(m_content);
    copy->setObjectName(u"inspCopy"_s);
    copy->setIcon(m_context.icons.icon(u"copy"_s));
    copy->setIconSize({14, 14});
    copy->setFixedSize(rowHeight, rowHeight);
    copy->setAutoRaise(true);
    copy->setFocusPolicy(Qt::TabFocus);
    copy->setToolTip(tr("Copy"));
    copy->setAccessibleName(tr("Copy %1").arg(visibleText(fact.label)));
    connect(copy, &QToolButton::clicked, this,
            [this, at = m_rows.size()] { m_context.desktop.copy(m_rows[at].fact.value); });
    line->addWidget(copy, 0, Qt::AlignTop);
}

void InspectorOverview::addIcon(QHBoxLayout *line, const Fact &fact)
{
    auto *icon = new QLabel(m_content);
    icon->setFixedSize(stateIcon, rowHeight);
    icon->setPixmap(m_context.icons.pixmap(fact.icon, fact.token, stateIcon, devicePixelRatioF()));
    line->addWidget(icon, 0, Qt::AlignTop);
}

/// Behind what is none.
void InspectorOverview::addLink(QHBoxLayout *line, const Fact &fact)
{
    auto *link = new WholeLabel(m_context, true, m_content);
    link->setObjectName(u"inspLink"_s);
    link->setAccessibleName(tr("%1, %2").arg(visibleText(fact.label), visibleText(fact.value)));
    link->setMinimumHeight(rowHeight);
    alignFirstLine(link, font());
    link->setWhole(fact.linked);
    link->setShort(shortId(fact.linked.toUtf8()));
    connect(link, &QLabel::linkActivated, this, [this, to = fact.link] { follow(to); });
    line->addSpacing(idGap);
    line->addWidget(link, wholeRow);
    line->addStretch(1);
}

void InspectorOverview::follow(const FactLink &link)
{
    switch (link.kind) {
    case FactLink::Kind::Run:
        if (const auto run = devserver::RunId::fromText(link.target))
            m_context.navigator.openRun(*run);
        break;
    case FactLink::Kind::Event:
        if (link.target.endsWith("/matching"))
            m_context.navigator.go({.view = "events"_ba, .filter = {}, .subject = link.target});
        else if (const auto event = devserver::EventId::fromText(link.target))
            m_context.navigator.openEvent(*event);
        break;
    case FactLink::Kind::Function:
        m_context.navigator.openFunction(link.target);
        break;
    case FactLink::Kind::Letter:
        m_context.navigator.go({.view = "dead"_ba, .filter = {}, .subject = link.target});
        break;
    case FactLink::Kind::None:
        break;
    }
}

} // namespace console
