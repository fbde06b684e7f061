package dev.socketio.protocol;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets that come with attachments. In these texts {@code #0} stands for the placeholder of the first. */
class AttachmentsTest {

    private static final int MAX_ATTACHMENTS = 10;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Picture(String name, byte[] pixels) {}

    private final ObjectMapper json = Json.mapper(1_000_000);
    private final TextDecoder decoder = new TextDecoder(json, MAX_ATTACHMENTS);

    @Test
    void waitsForTheAttachment() {
        assertThat(add("51-['e',#0]")).isNull();

        assertThat(decoder.isWaiting()).isTrue();
    }

    @Test
    void isCompleteWithTheLastAttachment() {
        add("52-['e',#0,#1]");
        assertThat(decoder.add(new byte[] {1})).isNull();

        assertThat(decoder.add(new byte[] {2})).isInstanceOf(Packet.Event.class);
        assertThat(decoder.isWaiting()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // AQ== is the first attachment in Base64, Ag== the second: the form in which a tree is printed
                "52-['e',#0,#1]            | Event[namespace=/, name=e, arguments=[\"AQ==\",\"Ag==\"], ackId=null]",
                "52-['e',#1,#0]            | Event[namespace=/, name=e, arguments=[\"Ag==\",\"AQ==\"], ackId=null]",
                "52-['e',{'a':[#1]}]       | Event[namespace=/, name=e, arguments=[{\"a\":[\"Ag==\"]}], ackId=null]",
                "52-['e']                  | Event[namespace=/, name=e, arguments=[], ackId=null]",
                "52-                       | Event[namespace=/, name=null, arguments=[], ackId=null]",
                "52-12['e',#0]             | Event[namespace=/, name=e, arguments=[\"AQ==\"], ackId=12]",
                "52-/admin,['e',#0]        | Event[namespace=/admin, name=e, arguments=[\"AQ==\"], ackId=null]",
                "52-/admin,12['e',#0]      | Event[namespace=/admin, name=e, arguments=[\"AQ==\"], ackId=12]",
                "502-['e',#0]              | Event[namespace=/, name=e, arguments=[\"AQ==\"], ackId=null]",
                "62-7[#0]                  | Ack[namespace=/, ackId=7, arguments=[\"AQ==\"]]",
                "62-/admin,7[#0]           | Ack[namespace=/admin, ackId=7, arguments=[\"AQ==\"]]",
                // property order and additions do not matter
                "52-['e',{'num':0,'_placeholder':true}]        |"
                        + " Event[namespace=/, name=e, arguments=[\"AQ==\"], ackId=null]",
                "52-['e',{'_placeholder':true,'num':0,'x':1}]  |"
                        + " Event[namespace=/, name=e, arguments=[\"AQ==\"], ackId=null]",
                // what only looks like a placeholder stays
                "52-['e',{'_placeholder':false,'num':0}]       |"
                        + " Event[namespace=/, name=e, arguments=[{\"_placeholder\":false,\"num\":0}], ackId=null]",
                "52-['e',{'_placeholder':'true','num':0}]      |"
                        + " Event[namespace=/, name=e, arguments=[{\"_placeholder\":\"true\",\"num\":0}], ackId=null]",
                "52-['e',{'num':0}]                            |"
                        + " Event[namespace=/, name=e, arguments=[{\"num\":0}], ackId=null]",
            })
    void putsTheAttachmentsInTheirPlaces(String text, String packet) {
        add(text);
        decoder.add(new byte[] {1});

        assertThat(decoder.add(new byte[] {2})).hasToString(packet);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "50-['e']",
                "50-",
                "5-1-['e',#0]",
                "5-['e']",
                "5-",
                "5",
                "51",
                "51['e',#0]",
                "5['e',#0]",
                "51.5-['e',#0]",
                "5 1-['e',#0]",
                "5+1-['e',#0]",
                "5a-['e']",
                "61['e',#0]",
                "60-1[]",
                "50x1-['e',#0]",
                "51e0-['e',#0]",
                "5\u0661-['e',#0]"
            })
    void refusesANumberOfAttachmentsThatIsNone(String text) {
        assertThatThrownBy(() -> add(text)).isInstanceOf(PacketException.class).hasMessage("Illegal attachments");
    }

    @ParameterizedTest
    @ValueSource(strings = {"511-['e']", "6999-1[]", "54294967297-['e']", "599999999999999999999999-['e']"})
    void refusesTooManyAttachments(String text) {
        assertThatThrownBy(() -> add(text)).isInstanceOf(PacketException.class).hasMessage("too many attachments");
    }

    @Test
    void takesAsManyAttachmentsAsTheLimitSays() {
        add("510-['e',#9]");
        Packet packet = null;
        for (int i = 0; i < MAX_ATTACHMENTS; i++) {
            packet = decoder.add(new byte[] {(byte) i});
        }

        assertThat(packet).hasToString("Event[namespace=/, name=e, arguments=[\"CQ==\"], ackId=null]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'_placeholder':true,'num':1}",
                "{'_placeholder':true,'num':-1}",
                "{'_placeholder':true,'num':0.5}",
                "{'_placeholder':true,'num':4294967296}",
                "{'_placeholder':true,'num':'0'}",
                "{'_placeholder':true,'num':null}",
                "{'_placeholder':true,'num':{'_placeholder':true,'num':0}}",
                "{'_placeholder':true}",
                "[{'a':{'_placeholder':true,'num':1}}]",
            })
    void refusesAPlaceholderWithoutAttachment(String placeholder) {
        add("51-['e'," + placeholder + "]");

        assertThatThrownBy(() -> decoder.add(new byte[] {1}))
                .isInstanceOf(PacketException.class)
                .hasMessage("illegal attachments");
    }

    @ParameterizedTest
    @ValueSource(strings = {"51-[]", "51-{}", "51-[{}]", "51-['connect',#0]", "51-[#0]", "51-#0", "61-1#0"})
    void refusesAnInvalidPayloadAtTheLatestWhenItIsComplete(String text) {
        assertThatThrownBy(() -> {
                    add(text);
                    decoder.add(new byte[] {1});
                })
                .isInstanceOf(PacketException.class)
                .hasMessage("invalid payload");
    }

    @Test
    void refusesTextInPlaceOfAnAttachment() {
        add("51-['e',#0]");

        assertThatThrownBy(() -> add("2['e']"))
                .isInstanceOf(PacketException.class)
                .hasMessage("got plaintext data when reconstructing a packet");
    }

    @Test
    void refusesBytesThatNobodyAnnounced() {
        assertThatThrownBy(() -> decoder.add(new byte[] {1}))
                .isInstanceOf(PacketException.class)
                .hasMessage("got binary data when not reconstructing a packet");
    }

    @Test
    void refusesMoreBytesThanWereAnnounced() {
        add("51-['e',#0]");
        decoder.add(new byte[] {1});

        assertThatThrownBy(() -> decoder.add(new byte[] {2})).isInstanceOf(PacketException.class);
    }

    @Test
    void startsAnewWithTheNextPacket() {
        add("51-['e',#0]");
        decoder.add(new byte[] {1});
        add("51-['e',#0]");

        assertThat(decoder.add(new byte[] {2}))
                .hasToString("Event[namespace=/, name=e, arguments=[\"Ag==\"], ackId=null]");
    }

    @Test
    void refusesASecondPlaceholderForOneAttachment() {
        add("51-['e',#0,{'again':#0}]");

        assertThatThrownBy(() -> decoder.add(new byte[] {1}))
                .isInstanceOf(PacketException.class)
                .hasMessage("illegal attachments");
    }

    @Test
    void givesTheBytesInTheTypeAskedFor() {
        add("54-['e',#0,#1,{'name':'cat','pixels':#2},{'raw':#3}]");
        decoder.add(new byte[] {1});
        decoder.add(new byte[] {2});
        decoder.add(new byte[] {1});
        Packet.Event event = (Packet.Event) requireNonNull(decoder.add(new byte[] {2}));

        Arguments arguments = event.arguments();
        assertThat(arguments.get(0, byte[].class)).containsExactly(1);
        assertThat(arguments.get(1, JsonNode.class).isBinary()).isTrue();
        assertThat(arguments.get(2, Picture.class).pixels()).containsExactly(1);
        assertThat((byte[]) arguments.get(3, Map.class).get("raw")).containsExactly(2);
    }

    private @Nullable Packet add(String text) {
        return decoder.add(
                text.replaceAll("#(\\d)", "{'_placeholder':true,'num':$1}").replace('\'', '"'));
    }
}
