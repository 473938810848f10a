// SPDX-FileCopyrightText: 2026 The Redrive authors
// SPDX-License-Identifier: Apache-2.0

#include "devserver/model/jsonreader.h"
#include "devserver/model/jsonvalue.h"
#include "devserver/model/jsonwriter.h"
#include "devserver/model/rawjson.h"
#include "tests/unit/model/jsontexts.h"

#include <QObject>
#include <QTest>

#include <vector>

using namespace Qt::StringLiterals;

using namespace devserver;

namespace {

void addTexts(const std::vector<JsonText> &texts)
{
    QTest::addColumn<QByteArray>("text");
    for (const JsonText &text : texts)
        QTest::addRow("%s", text.name) << text.bytes;
}

/// Walks a value by the view and writes it again, without the spaces.
void rewrite(const JsonValue &value, JsonWriter &writer)
{
    if (value.isObject()) {
        writer.beginObject();
        for (const auto &[key, member] : value.members()) {
            writer.key(key.toUtf8());
            rewrite(member, writer);
        }
        writer.endObject();
    } else if (value.isArray()) {
        writer.beginArray();
        for (const JsonValue &element : value.elements())
            rewrite(element, writer);
        writer.endArray();
    } else if (value.isString()) {
        writer.string(value.toUtf8());
    } else {
        writer.raw(value.raw());
    }
}

/// The kinds and unescaped strings of all tokens; equal for texts of the same meaning.
QByteArray meaning(const QByteArray &text)
{
    JsonReader reader(text);
    QByteArray out;
    for (JsonToken token = reader.next(); token != JsonToken::End; token = reader.next()) {
        if (token == JsonToken::Error)
            return "error"_ba;
        const bool isText = token == JsonToken::String || token == JsonToken::Key;
        out += QByteArray::number(static_cast<int>(token)) + ' '
               + (isText ? JsonValue(reader.raw()).toUtf8() : reader.raw().toByteArray()) + '\n';
    }
    return out;
}

} // namespace

class TestJsonTexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void validIsAccepted_data() { addTexts(validJsonTexts); }

    void validIsAccepted();

    void everyPrefixIsRefused_data() { addTexts(validJsonTexts); }

    void everyPrefixIsRefused();

    void survivesViewAndWriter_data() { addTexts(validJsonTexts); }

    void survivesViewAndWriter();

    void invalidIsRefused_data() { addTexts(invalidJsonTexts); }

    void invalidIsRefused();
    void utf8IsCheckedExhaustively();
};

void TestJsonTexts::validIsAccepted()
{
    QFETCH(QByteArray, text);
    const Result<void> result = validateJson(text);
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QVERIFY(validateJson(QByteArray("[" + text + "," + text + "]")));
    QVERIFY(validateJson(QByteArray("{\"a\":" + text + "}")));
}

void TestJsonTexts::everyPrefixIsRefused()
{
    QFETCH(QByteArray, text);
    // Inside brackets no prefix is complete. A copy of the exact size lets the sanitizer see
    // every read behind the end.
    const QByteArray whole = "[" + text + "]";
    for (qsizetype size = 0; size < whole.size();
         size += size < 500 || size > whole.size() - 500 ? 1 : 83) {
        const QByteArray prefix(whole.constData(), size);
        const Result<void> result = validateJson(prefix);
        QVERIFY2(!result, prefix.constData());
        QVERIFY(result.error().message.startsWith(u"invalid JSON at byte "_s));
    }
}

void TestJsonTexts::survivesViewAndWriter()
{
    QFETCH(QByteArray, text);
    const Result<RawJson> json = RawJson::parse(text);
    QVERIFY(json);
    JsonWriter writer;
    rewrite(JsonValue::of(*json), writer);
    const QByteArray written = writer.take();
    QVERIFY2(validateJson(written), written.constData());
    QCOMPARE(meaning(written), meaning(text));
}

void TestJsonTexts::invalidIsRefused()
{
    QFETCH(QByteArray, text);
    const Result<void> result = validateJson(text);
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::InvalidJson);
    QVERIFY(!RawJson::parse(text));
    QVERIFY(!validateJson(QByteArray("{\"a\":" + text + "}")));
}

void TestJsonTexts::utf8IsCheckedExhaustively()
{
    // Every code point as Qt encodes it is valid; every two-byte string agrees with Qt's decoder.
    for (char32_t code = 0x20; code <= 0x10ffff; code += code < 0x3000 ? 1 : 7) {
        if (QChar::isSurrogate(code) || code == '"' || code == '\\')
            continue;
        const QByteArray text = "\"" + QString::fromUcs4(&code, 1).toUtf8() + "\"";
        QVERIFY2(validateJson(text), QByteArray::number(code, 16).constData());
    }
    for (int lead = 0x80; lead <= 0xff; ++lead) {
        for (int next = 0x80; next <= 0xff; ++next) {
            const QByteArray pair{1, static_cast<char>(lead)};
            const QByteArray text = "\"" + pair + static_cast<char>(next) + "\"";
            const bool isValid = lead >= 0xc2 && lead <= 0xdf && next <= 0xbf;
            QCOMPARE(validateJson(text).has_value(), isValid);
        }
    }
}

QTEST_GUILESS_MAIN(TestJsonTexts)

#include "tst_jsontexts.moc"
