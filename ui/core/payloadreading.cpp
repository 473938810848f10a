// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/core/payloadreading.h"

#include <QCoreApplication>
#include <QStringDecoder>

#include <algorithm>

namespace console {

using namespace Qt::StringLiterals;
using devserver::JsonToken;

namespace {

constexpr int bytesPerLine = 16;

QString tr(const char *text, int count = -1)
{
    return QCoreApplication::translate("Payload", text, nullptr, count);
}

bool isUtf8(QByteArrayView bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString decoded = decoder(bytes);
    Q_UNUSED(decoded)
    return !decoder.hasError() && !bytes.contains('\0');
}

QByteArray firstBytes(const QByteArray &bytes, qsizetype most)
{
    if (bytes.size() <= most)
        return bytes;
    qsizetype end = most;
    while (end > 0 && (static_cast<uchar>(bytes[end]) & 0xc0) == 0x80)
        --end;
    return bytes.first(end);
}

void readOther(PayloadReading &reading, const QByteArray &shown, const CancelFlag *isCancelled)
{
    reading.kind = isUtf8(shown) ? PayloadKind::Text : PayloadKind::Binary;
    const LineIndexPtr hex = LineIndex::of(hexDump(shown, isCancelled), isCancelled);
    reading.raw = hex;
    reading.pretty = reading.kind == PayloadKind::Text ? LineIndex::of(shown, isCancelled) : hex;
}

void appendHexLine(QByteArray &dump, QByteArrayView line, qsizetype offset)
{
    constexpr char digits[] = "0123456789abcdef";
    dump += QByteArray::number(static_cast<qulonglong>(offset), 16).rightJustified(8, '0');
    dump += ' ';
    for (int i = 0; i < bytesPerLine; ++i) {
        if (i == bytesPerLine / 2)
            dump += ' ';
        dump += ' ';
        const auto byte = i < line.size() ? static_cast<uchar>(line[i]) : uchar(0);
        dump += i < line.size() ? digits[byte >> 4] : ' ';
        dump += i < line.size() ? digits[byte & 15] : ' ';
    }
    dump += "  |";
    for (const char c : line)
        dump += c >= ' ' && c <= '~' ? c : '.';
    dump += "|\n";
}

} // namespace

bool fitsPlainText(const LineIndex &text)
{
    return text.text().size() <= plainTextBytes && text.longestLine() <= plainTextLine;
}

PayloadReading readPayload(const QByteArray &bytes, const PayloadLimits &limits,
                           const CancelFlag *isCancelled)
{
    PayloadReading reading;
    reading.isPart = bytes.size() > limits.wholeBytes;
    const QByteArray shown = reading.isPart ? firstBytes(bytes, limits.partBytes) : bytes;
    devserver::Result<JsonOutline> outline = outlineOf(bytes, isCancelled);
    if (outline) {
        reading.outline = std::move(*outline);
        FormattedJson formatted =
            formatJson(bytes, {.longestString = limits.longestString,
                               .sourceBytes = reading.isPart ? limits.partBytes : 0,
                               .isCancelled = isCancelled});
        reading.cutStrings = formatted.cutStrings;
        reading.pretty = LineIndex::of(std::move(formatted.text), isCancelled);
        reading.raw = LineIndex::of(shown, isCancelled);
    } else {
        reading.reason = outline.error().message;
        readOther(reading, shown, isCancelled);
    }
    return reading;
}

PayloadReading readPayloadHead(const QByteArray &bytes)
{
    PayloadReading reading;
    reading.isHead = true;
    const QByteArray head = firstBytes(bytes, quickBytes);
    FormattedJson formatted = formatJson(head);
    reading.raw = LineIndex::of(head);
    // Little of it before the error: no JSON, or one long string.
    const bool isUseful = formatted.text.size() > 2;
    reading.pretty = isUseful ? LineIndex::of(std::move(formatted.text)) : reading.raw;
    return reading;
}

QByteArray hexDump(QByteArrayView bytes, const CancelFlag *isCancelled)
{
    QByteArray dump;
    dump.reserve((bytes.size() / bytesPerLine + 1) * 80);
    for (qsizetype at = 0; at < bytes.size(); at += bytesPerLine) {
        if (at % plainTextBytes == 0 && isCancelled != nullptr && isCancelled->load())
            break;
        appendHexLine(dump, bytes.sliced(at, std::min<qsizetype>(bytesPerLine, bytes.size() - at)),
                      at);
    }
    return dump;
}

QString payloadTypeWords(const PayloadReading &reading)
{
    const qsizetype count = reading.outline.size;
    const bool isJson = reading.kind == PayloadKind::Json;
    if (isJson && reading.outline.root == JsonToken::BeginObject)
        return count == 1 ? tr("Object, 1 member") : tr("Object, %1 members").arg(count);
    if (isJson && reading.outline.root == JsonToken::BeginArray)
        return count == 1 ? tr("Array, 1 element") : tr("Array, %1 elements").arg(count);
    return payloadTypeWord(reading);
}

QString payloadTypeWord(const PayloadReading &reading)
{
    if (reading.kind == PayloadKind::Text)
        return tr("Text");
    if (reading.kind == PayloadKind::Binary)
        return tr("Bytes");
    switch (reading.outline.root) {
    case JsonToken::BeginObject:
        return tr("Object");
    case JsonToken::BeginArray:
        return tr("Array");
    case JsonToken::String:
        return tr("String");
    case JsonToken::Number:
        return tr("Number");
    case JsonToken::True:
    case JsonToken::False:
        return tr("Boolean");
    default:
        return tr("Null");
    }
}

} // namespace console
