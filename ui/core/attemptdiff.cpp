// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/attemptdiff.h"

#include "ui/core/attemptfacts.h"
#include "ui/core/callexchange.h"
#include "ui/core/errorinfo.h"
#include "ui/core/format.h"

#include <QCoreApplication>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::Attempt;

namespace {

constexpr int linesAround = 2;

QString tr(const char *text)
{
    return QCoreApplication::translate("AttemptDiff", text);
}

QString prettyText(const QByteArray &bytes, const CancelFlag *isCancelled)
{
    const FormattedJson formatted =
        formatJson(bytes, {.longestString = 0, .isCancelled = isCancelled});
    return QString::fromUtf8(formatted.error ? bytes : formatted.text);
}

/// A text control of some thousand lines stays quick; the rest is counted, not dropped silently.
void capLines(std::vector<DiffLine> &lines)
{
    lines = withoutEqual(lines, linesAround);
    if (lines.size() <= mostDiffLines)
        return;
    const auto more = static_cast<int>(lines.size()) - mostDiffLines;
    lines.resize(mostDiffLines);
    lines.push_back({.kind = DiffLine::Kind::Same, .text = tr("… %1 more lines").arg(more)});
}

AttemptDiff::Part textPart(const QString &title, const QString &before, const QString &after)
{
    AttemptDiff::Part part{.title = title, .note = {}, .lines = {}, .areEqual = before == after};
    if (!part.areEqual) {
        part.lines = diffLines(before, after);
        capLines(part.lines);
    }
    return part;
}

AttemptDiff::Part bodyPart(const QString &title, const QByteArray &before, const QByteArray &after,
                           qsizetype mostBytes, const CancelFlag *isCancelled)
{
    const bool isTooLarge = mostBytes > 0 && std::max(before.size(), after.size()) > mostBytes;
    if (before != after && !isTooLarge)
        return textPart(title, prettyText(before, isCancelled), prettyText(after, isCancelled));
    AttemptDiff::Part part{.title = title, .note = {}, .lines = {}, .areEqual = before == after};
    if (!part.areEqual) {
        part.isTooLarge = true;
        part.title = tr("%1: %2 and %3, they differ")
                         .arg(title, formatSize(before.size()), formatSize(after.size()));
    }
    return part;
}

/// Without what is another one in each request.
QString comparableHeaders(const Attempt &attempt)
{
    HeaderLines headers = requestHeaders(attempt);
    std::erase_if(headers, [](const auto &header) {
        return header.first == "x-request-id" || header.first == "x-inngest-generation-id";
    });
    return headerText(headers);
}

QByteArray comparableBody(const devserver::api::RunRecord &record, const Attempt &attempt)
{
    QByteArray body = requestBody(record, attempt);
    const QByteArray key = "\"generation_id\":"_ba;
    const QByteArray generation = key + QByteArray::number(attempt.generation);
    if (const qsizetype at = body.indexOf(generation); at >= 0) // the context stands first
        body.replace(at, generation.size(), QByteArray(key + "\"…\""));
    return body.replace(attempt.request.toText(), "…");
}

} // namespace

bool AttemptDiff::hasTooLarge() const
{
    return std::any_of(parts.begin(), parts.end(),
                       [](const Part &part) { return part.isTooLarge; });
}

AttemptDiff diffAttempts(const devserver::api::RunRecord &record, const Attempt &before,
                         const Attempt &after, qsizetype mostBytes, const CancelFlag *isCancelled)
{
    const std::vector<ErrorInfo> old = errorChain(before.error);
    const std::vector<ErrorInfo> now = errorChain(after.error);
    const auto message = [](const std::vector<ErrorInfo> &chain) {
        return chain.empty() ? QString()
                             : QString(chain.front().name + u": "_s + chain.front().message);
    };
    const auto stack = [](const std::vector<ErrorInfo> &chain) {
        return chain.empty() ? QString() : chain.front().stack;
    };
    AttemptDiff diff;
    diff.parts.push_back(textPart(tr("Error"), message(old), message(now)));
    diff.parts.push_back(textPart(tr("Stack"), stack(old), stack(now)));
    diff.parts.push_back(
        textPart(tr("Request headers"), comparableHeaders(before), comparableHeaders(after)));
    diff.parts.push_back(bodyPart(tr("Request"), comparableBody(record, before),
                                  comparableBody(record, after), mostBytes, isCancelled));
    if (before.attempt != after.attempt && !diff.parts.back().lines.empty())
        diff.parts.back().note = countingNote();
    diff.parts.push_back(textPart(tr("Response headers"), headerText(responseHeaders(before)),
                                  headerText(responseHeaders(after))));
    diff.parts.push_back(bodyPart(tr("Output"), outputOf(record, before), outputOf(record, after),
                                  mostBytes, isCancelled));
    return diff;
}

} // namespace console
