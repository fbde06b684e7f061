package dev.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes from clients. */
class MsgpackDecoderTest {

    private static final int MAX_DEPTH = 500;

    private final ObjectMapper json = Json.mapper(1_000_000);
    private final MsgpackDecoder decoder = new MsgpackDecoder(json);

    /** Bytes that socket.io-msgpack-parser 3.0.2 has written. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "83a47479706500a464617461d40000a36e7370a12f" // no auth: data is undefined
                        + " | Connect[namespace=/, auth=null]",
                "83a47479706500a46461746181a5746f6b656ea3616263a36e7370a62f61646d696e"
                        + " | Connect[namespace=/admin, auth={\"token\":\"abc\"}]",
                "82a47479706501a36e7370a62f61646d696e | Disconnect[namespace=/admin]",
                "83a47479706501a464617461d40000a36e7370a62f61646d696e | Disconnect[namespace=/admin]",
                "83a47479706502a46461746192a26869c40101a36e7370a12f"
                        + " | Event[namespace=/, name=hi, arguments=[\"AQ==\"], ackId=null]",
                "84a47479706502a4646174619fa16501ffcb3ff8000000000000ccffce00010000cf0000000100000000d0dfd1ff7fd2ffff7f"
                        + "ffd3ffffffff7fffffffc3c0d40000a6c3a4f09f9880a36e7370a12fa76f7074696f6e7381a8636f6d7072657373c3"
                        + " | Event[namespace=/, name=e, arguments=[1,-1,1.5,255,65536,4294967296,-33,-129,-32769,"
                        + "-2147483649,true,null,null,\"ä😀\"], ackId=null]",
                "85a47479706502a46461746192a16583a164d7000000019b76daa87ba175d40000a161c702000908a2696407a36e7370a62f61"
                        + "646d696ea76f7074696f6e7381a8636f6d7072657373c3 | Event[namespace=/admin, name=e,"
                        + " arguments=[{\"d\":\"2026-01-01T00:00:00.123Z\",\"a\":\"CQg=\"}], ackId=7]",
                "84a47479706503a269640ca46461746191a26f6ba36e7370a12f"
                        + " | Ack[namespace=/, ackId=12, arguments=[\"ok\"]]",
            })
    void readsWhatTheClientWrites(String hex, String packet) {
        assertThat(decode(hex)).hasToString(packet);
    }

    @ParameterizedTest
    @CsvSource({
        "d7000000000000000000, 1970-01-01T00:00:00.000Z",
        "d700ffffffffffffffff, 1969-12-31T23:59:59.999Z",
        "d7000000e677d21fdc00, +10000-01-01T00:00:00.000Z",
        "d700001eb208c2dc0000, +275760-09-13T00:00:00.000Z",
        "d700001eb208c2dc0001, null",
        "d7008000000000000000, null",
    })
    void datesAreTextAsInJson(String hex, String text) {
        assertThat(argument(hex).asText()).isEqualTo(text);
    }

    @Test
    void datesReadAsTheTypesOfJava() {
        Packet.Event event = event("d7000000019b76daa87b");
        Instant instant = Instant.parse("2026-01-01T00:00:00.123Z");

        assertThat(event.arguments().get(0, Date.class)).isEqualTo(Date.from(instant));
        assertThat(Instant.parse(event.arguments().get(0, String.class))).isEqualTo(instant);
    }

    @ParameterizedTest
    @CsvSource({
        "c2, false",
        "7f, 127",
        "e0, -32",
        "cc80, 128",
        "cdffff, 65535",
        "ceffffffff, 4294967295",
        "cf7fffffffffffffff, 9223372036854775807",
        "cfffffffffffffffff, 18446744073709551615",
        "d080, -128",
        "d18000, -32768",
        "d280000000, -2147483648",
        "d38000000000000000, -9223372036854775808",
        "ca3fc00000, 1.5",
        "cb7ff0000000000000, Infinity",
        "cb8000000000000000, -0.0",
    })
    void readsScalars(String hex, String value) {
        assertThat(argument(hex).asText()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"05", "d005", "d10005", "d200000005", "d30000000000000005", "cf0000000000000005"})
    void anIntegerIsTheSameInEveryWidth(String hex) {
        assertThat(argument(hex)).isEqualTo(json.getNodeFactory().numberNode(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a161", "d90161", "da000161", "db0000000161"})
    void aTextIsTheSameWithEveryLength(String hex) {
        assertThat(argument(hex)).isEqualTo(json.getNodeFactory().textNode("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c40109", "c5000109", "c60000000109", "c7010009", "c800010009", "c9000000010009"})
    void bytesAreTheSameInEveryForm(String hex) {
        assertThat(event(hex).arguments().get(0, byte[].class)).containsExactly(9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "91c3                    | [true]",
                "dc0001c3                | [true]",
                "dd00000001c3            | [true]",
                "92d40000c0              | [null,null]",
                "81a161c3                | {\"a\":true}",
                "de0001a161c3            | {\"a\":true}",
                "df00000001a161c3        | {\"a\":true}",
                "82a161d40000a162c0      | {\"b\":null}",
                "81a95f5f70726f746f5f5f80 | {\"__proto__\":{}}",
            })
    void readsListsAndMaps(String hex, String value) {
        assertThat(argument(hex)).hasToString(value);
    }

    @Test
    void brokenTextIsMended() {
        assertThat(argument("a2c328").textValue()).isEqualTo("\ufffd(");
    }

    @ParameterizedTest
    @CsvSource({"00, 0", "cd0100, 256", "ff, -1", "cb4028000000000000, 12", "cf0020000000000001, 9007199254740993"})
    void anIdIsAnInteger(String hex, String ackId) {
        Packet.Event event = (Packet.Event) decode("84a47479706502a36e7370a12fa26964" + hex + "a46461746191a165");

        assertThat(event.ackId()).isEqualTo(ackId);
    }

    @ParameterizedTest
    @CsvSource({
        "c0, invalid packet type",
        "90, invalid packet type",
        "80, invalid packet type",
        "82a474797065a130a36e7370a12f, invalid packet type", // "0"
        "82a47479706505a36e7370a12f, invalid packet type",
        "82a47479706506a36e7370a12f, invalid packet type",
        "82a474797065ffa36e7370a12f, invalid packet type",
        "82a474797065cb3ff8000000000000a36e7370a12f, invalid packet type", // 1.5
        "82a474797065cf8000000000000000a36e7370a12f, invalid packet type", // 2^63
        "81a47479706500, invalid namespace",
        "82a47479706500a36e737001, invalid namespace",
        "82a47479706500a36e7370a0, invalid namespace",
        "82a47479706500a36e7370a161, invalid namespace",
        "83a47479706500a36e7370a12fa464617461c0, invalid payload", // CONNECT with null
        "83a47479706500a36e7370a12fa46461746190, invalid payload",
        "83a47479706500a36e7370a12fa464617461c40101, invalid payload",
        "83a47479706501a36e7370a12fa46461746180, invalid payload",
        "82a47479706502a36e7370a12f, invalid payload", // EVENT without data
        "83a47479706502a36e7370a12fa464617461d40000, invalid payload",
        "83a47479706502a36e7370a12fa46461746180, invalid payload",
        "83a47479706502a36e7370a12fa46461746190, invalid payload", // no name
        "83a47479706502a36e7370a12fa4646174619180, invalid payload", // a map as name
        "83a47479706502a36e7370a12fa46461746191c0, invalid payload",
        "83a47479706502a36e7370a12fa46461746191c4016f, invalid payload", // bytes as name
        "83a47479706502a36e7370a12fa46461746191aa646973636f6e6e656374, invalid payload", // "disconnect"
        "83a47479706502a36e7370a12fa46461746191a7636f6e6e656374, invalid payload", // "connect"
        "82a47479706503a36e7370a12f, invalid payload", // ACK without data
        "83a47479706503a36e7370a12fa464617461a165, invalid payload",
        "82a47479706504a36e7370a12f, invalid payload", // CONNECT_ERROR without data
        "84a47479706502a36e7370a12fa46461746191a165a26964a131, invalid packet id", // "1"
        "84a47479706502a36e7370a12fa46461746191a165a26964c0, invalid packet id",
        "84a47479706502a36e7370a12fa46461746191a165a26964cb3ff8000000000000, invalid packet id",
        "84a47479706502a36e7370a12fa46461746191a165a26964cb7ff8000000000000, invalid packet id", // NaN
        "84a47479706502a36e7370a12fa46461746191a165a26964cfffffffffffffffff, invalid packet id",
    })
    void refusesWhatIsNoPacket(String hex, String message) {
        assertThatThrownBy(() -> decode(hex))
                .isInstanceOf(PacketException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({
        "'', ends in the middle",
        "91, ends in the middle",
        "cd01, ends in the middle",
        "a261, ends in the middle",
        "dbffffffff61, ends in the middle",
        "c6ffffffff61, ends in the middle",
        "c9ffffffff0061, ends in the middle",
        "ddffffffffc0, ends in the middle",
        "dfffffffffa161c0, ends in the middle",
        "8f, ends in the middle",
        "d4, ends in the middle",
        "d70000, ends in the middle",
        "c1, no value begins with 193",
        "d50000, no value begins with 213",
        "d60000, no value begins with 214",
        "d80000, no value begins with 216",
        "c70101ff, unknown extension 1",
        "d4ff00, unknown extension -1",
        "d7ff0000000000000000, unknown extension -1",
        "c0c0, trailing bytes",
        "8101c0, a key is not text",
        "81c0c0, a key is not text",
        "8190c0, a key is not text",
        "81d40000c0, a key is not text",
        "82a161c0a161c0, same key twice",
        "82a161c0a161d40000, same key twice",
    })
    void refusesWhatIsNotMessagePack(String hex, String message) {
        assertThatThrownBy(() -> decode(hex))
                .isInstanceOf(PacketException.class)
                .hasMessageContaining(message);
    }

    @Test
    void nestsAsDeepAsJson() {
        int around = 1; // the list of arguments
        assertThat(argument("91".repeat(MAX_DEPTH - around - 1) + "90").isArray())
                .isTrue();

        assertThatThrownBy(() -> argument("91".repeat(MAX_DEPTH - around) + "90"))
                .isInstanceOf(PacketException.class)
                .hasMessageStartingWith("nested more than ");
        assertThatThrownBy(() -> decode("81a161".repeat(300_000))).isInstanceOf(PacketException.class);
        assertThatThrownBy(() -> decode("ddffffffff".repeat(200_000))).isInstanceOf(PacketException.class);
    }

    @Test
    void textIsNoPacket() {
        assertThatThrownBy(() -> decoder.add("2[\"e\"]")).isInstanceOf(PacketException.class);
        assertThat(decoder.isWaiting()).isFalse();
    }

    private Packet decode(String hex) {
        return decoder.add(HexFormat.of().parseHex(hex));
    }

    private Packet.Event event(String argument) {
        return (Packet.Event) decode("83a47479706502a36e7370a12fa46461746192a165" + argument);
    }

    private JsonNode argument(String hex) {
        return (JsonNode) event(hex).arguments().toArray()[0];
    }
}
