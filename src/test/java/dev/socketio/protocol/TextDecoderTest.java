package dev.socketio.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets of text alone. */
class TextDecoderTest {

    private final TextDecoder decoder = new TextDecoder(Json.mapper(1_000_000), 10);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0                        | Connect[namespace=/, auth=null]",
                "0/                       | Connect[namespace=/, auth=null]",
                "0/,                      | Connect[namespace=/, auth=null]",
                "0{}                      | Connect[namespace=/, auth={}]",
                "0{\"token\":1}           | Connect[namespace=/, auth={\"token\":1}]",
                "0/dyn-13                 | Connect[namespace=/dyn-13, auth=null]",
                "0/admin,                 | Connect[namespace=/admin, auth=null]",
                "0/admin,{\"token\":1}    | Connect[namespace=/admin, auth={\"token\":1}]",
                "0/zzz?a=b,               | Connect[namespace=/zzz?a=b, auth=null]",
                "0/ä€😀,                  | Connect[namespace=/ä€😀, auth=null]",
                "1                        | Disconnect[namespace=/]",
                "1/admin                  | Disconnect[namespace=/admin]",
                "1/admin,                 | Disconnect[namespace=/admin]",
                "4                        | ConnectError[namespace=/]",
                "4{\"message\":\"x\"}     | ConnectError[namespace=/]",
                "4/admin,\"x\"            | ConnectError[namespace=/admin]",
            })
    void readsPacketsAboutNamespaces(String text, String packet) {
        assertThat(decoder.add(text)).hasToString(packet);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2                        | Event[namespace=/, name=null, arguments=[], ackId=null]",
                "2/admin,                 | Event[namespace=/admin, name=null, arguments=[], ackId=null]",
                "212                      | Event[namespace=/, name=null, arguments=[], ackId=12]",
                "2[\"e\"]                 | Event[namespace=/, name=e, arguments=[], ackId=null]",
                "2[\"\"]                  | Event[namespace=/, name=, arguments=[], ackId=null]",
                "2[\"e\",1,\"x\",null,{}] | Event[namespace=/, name=e, arguments=[1,\"x\",null,{}], ackId=null]",
                "2[\"e\",[[],{\"a\":[]}]] | Event[namespace=/, name=e, arguments=[[[],{\"a\":[]}]], ackId=null]",
                "2[5,\"x\"]               | Event[namespace=/, name=5, arguments=[\"x\"], ackId=null]",
                "2[-1.5]                  | Event[namespace=/, name=-1.5, arguments=[], ackId=null]",
                "2[\"error\",1]           | Event[namespace=/, name=error, arguments=[1], ackId=null]",
                "2[\"Connect\"]           | Event[namespace=/, name=Connect, arguments=[], ackId=null]",
                "2[ \"e\" , 1 ]           | Event[namespace=/, name=e, arguments=[1], ackId=null]",
                "2/admin,[\"e\"]          | Event[namespace=/admin, name=e, arguments=[], ackId=null]",
                "2/a[\"e\"]               | Event[namespace=/a[\"e\"], name=null, arguments=[], ackId=null]",
                "2[\"/a,1\"]              | Event[namespace=/, name=/a,1, arguments=[], ackId=null]",
                "212[\"e\"]               | Event[namespace=/, name=e, arguments=[], ackId=12]",
                "20[\"e\"]                | Event[namespace=/, name=e, arguments=[], ackId=0]",
                "2007[\"e\"]              | Event[namespace=/, name=e, arguments=[], ackId=7]",
                "2/admin,12[\"e\"]        | Event[namespace=/admin, name=e, arguments=[], ackId=12]",
                "2[\"e\",\"\\u0041\\n😀\"] | Event[namespace=/, name=e, arguments=[\"A\\n😀\"], ackId=null]",
                "2[\"e\",{\"__proto__\":{\"a\":1}}] |"
                        + " Event[namespace=/, name=e, arguments=[{\"__proto__\":{\"a\":1}}], ackId=null]",
                "2[\"e\",{\"_placeholder\":true,\"num\":0}] |"
                        + " Event[namespace=/, name=e, arguments=[{\"_placeholder\":true,\"num\":0}], ackId=null]",
            })
    void readsEvents(String text, String packet) {
        assertThat(decoder.add(text)).hasToString(packet);
    }

    @ParameterizedTest
    @CsvSource({
        "2000000000000000000000, 0",
        "2000000000000000000012, 12",
        "2999999999999999, 999999999999999",
        "21234567890123456, 1234567890123456",
        "29007199254740993, 9007199254740992",
        "212345678901234567890, 12345678901234567000",
    })
    void readsLongAckIdsAsJavaScriptDoes(String head, String ackId) {
        assertThat(decoder.add(head + "[\"e\"]"))
                .hasToString("Event[namespace=/, name=e, arguments=[], ackId=" + ackId + "]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "31                    | Ack[namespace=/, ackId=1, arguments=[]]",
                "31[]                  | Ack[namespace=/, ackId=1, arguments=[]]",
                "399[\"x\",1]          | Ack[namespace=/, ackId=99, arguments=[\"x\",1]]",
                "300000000000000000007[] | Ack[namespace=/, ackId=7, arguments=[]]",
                "30000000000000000[]   | Ack[namespace=/, ackId=0, arguments=[]]",
                "3007[{}]              | Ack[namespace=/, ackId=7, arguments=[{}]]",
                "3[\"x\"]              | Ack[namespace=/, ackId=-1, arguments=[\"x\"]]",
                "3                     | Ack[namespace=/, ackId=-1, arguments=[]]",
                "3/admin,7[null]       | Ack[namespace=/admin, ackId=7, arguments=[null]]",
                "31234567890123456[]   | Ack[namespace=/, ackId=-1, arguments=[]]",
            })
    void readsAcks(String text, String packet) {
        assertThat(decoder.add(text)).hasToString(packet);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "9", "a", "abc", "/", " 2[\"e\"]", "-1", "[\"e\"]", "\u0662[\"e\"]", "\ufeff2"})
    void refusesWhatHasNoType(String text) {
        assertThatThrownBy(() -> decoder.add(text)).isInstanceOf(PacketException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a payload that this type cannot have
                "0[]",
                "0null",
                "0\"a\"",
                "0true",
                "0/admin,[]",
                "1{}",
                "1[]",
                "1null",
                "1/admin,\"x\"",
                "2[]",
                "2{}",
                "212{}",
                "2null",
                "2\"e\"",
                "2[{}]",
                "2[[]]",
                "2[null]",
                "2[true]",
                "2{\"0\":\"e\"}",
                "3{}",
                "3\"x\"",
                "3null",
                "31null",
                // no JSON
                "0{",
                "0{token:1}",
                "2abc[\"e\"]",
                "2 ",
                "2[\"e\"",
                "2[\"e]",
                "2[\"e\"]x",
                "2[\"e\"][]",
                "2[\"e\"]]",
                "2[\"e\",]",
                "2[,\"e\"]",
                "2['e']",
                "2[\"e\",NaN]",
                "2[\"e\",Infinity]",
                "2[\"e\",undefined]",
                "2[\"e\",01]",
                "2[\"e\",.5]",
                "2[\"e\",1.]",
                "2[\"e\",+1]",
                "2[\"e\",\"\t\"]",
                "2[\"e\",\"\\x41\"]",
                "2[\"e\"]//",
                "2-1[\"e\"]",
                "2/a[\"e\",1]",
            })
    void refusesAnInvalidPayload(String text) {
        assertThatThrownBy(() -> decoder.add(text))
                .isInstanceOf(PacketException.class)
                .hasMessage("invalid payload");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"})
    void refusesReservedNames(String name) {
        assertThatThrownBy(() -> decoder.add("2[\"" + name + "\"]"))
                .isInstanceOf(PacketException.class)
                .hasMessage("invalid payload");
    }

    @Test
    void refusesAnAckIdOfAbsurdLength() {
        assertThatThrownBy(() -> decoder.add("2" + "1".repeat(101) + "[\"e\"]"))
                .isInstanceOf(PacketException.class)
                .hasMessage("invalid ack id");
    }

    @Test
    void takesNestingThatProgramsUse() {
        assertThat(decoder.add("2[\"e\"," + "[".repeat(400) + "]".repeat(400) + "]"))
                .isInstanceOf(Packet.Event.class);
    }

    @Test
    void refusesNestingThatEndangersTheStack() {
        assertThatThrownBy(() -> decoder.add("2[\"e\"," + "[".repeat(100_000) + "]".repeat(100_000) + "]"))
                .isInstanceOf(PacketException.class);
    }

    @Test
    void takesStringsAsLongAsAMessageMayBe() {
        String longest = "x".repeat(1_000_000);

        assertThat(decoder.add("2[\"e\",\"" + longest + "\"]")).isInstanceOf(Packet.Event.class);
    }

    @Test
    void goesOnAfterARefusal() {
        assertThatThrownBy(() -> decoder.add("2[]")).isInstanceOf(PacketException.class);

        assertThat(decoder.add("1")).hasToString("Disconnect[namespace=/]");
    }
}
