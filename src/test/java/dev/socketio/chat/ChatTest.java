package dev.socketio.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socketio.SocketIoServer;
import dev.socketio.time.FakeScheduler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people in the page say, and where. */
class ChatTest {

    private final FakeScheduler time = new FakeScheduler();
    private final SocketIoServer io = ChatServer.start(time, Limits.DEFAULT);

    @AfterEach
    void leavesNothingBehind() {
        io.close();
        assertThat(time.pending()).isZero();
    }

    @Test
    void aMessageReachesAllInTheRoomButTheTabThatSentIt() {
        Visitor ada = Visitor.page(io, "key=a", "name=Ada", "tab=1");
        Visitor adasOtherTab = Visitor.page(io, "key=a", "name=Ada", "tab=2");
        Visitor bob = Visitor.page(io, "key=b", "name=Bob");
        Visitor elsewhere = Visitor.page(io, "room=Games");

        JsonNode message = ada.say("Hello");

        assertThat(message.get("text").asText()).isEqualTo("Hello");
        assertThat(message.get("room").asText()).isEqualTo("Lobby");
        assertThat(message.get("from").get("name").asText()).isEqualTo("Ada");
        assertThat(message.get("at").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(bob.heard("message")).containsExactly(message);
        assertThat(adasOtherTab.heardTexts()).containsExactly("Hello");
        assertThat(ada.heardTexts()).isEmpty();
        assertThat(elsewhere.heardTexts()).isEmpty();
    }

    @Test
    void aMessageThatComesTwiceIsSentOnce() {
        Visitor ada = Visitor.page(io);
        Visitor bob = Visitor.page(io);

        assertThat(ada.say("Hello")).isEqualTo(ada.say("Hello"));

        assertThat(bob.heardTexts()).containsExactly("Hello");
    }

    @Test
    void whoComesLaterGetsWhatWasSaid() {
        Visitor ada = Visitor.page(io, "room=Games");
        ada.say("one");
        ada.say("two");

        assertThat(texts(Visitor.page(io, "room=games").welcome().get("history")))
                .containsExactly("one", "two");
        assertThat(texts(Visitor.page(io).welcome().get("history"))).isEmpty();
    }

    @Test
    void aPrivateMessageReachesAllTabsOfTwoPeopleAndNobodyElse() {
        Visitor ada = Visitor.page(io, "key=a", "tab=1");
        Visitor adasOtherTab = Visitor.page(io, "key=a", "tab=2");
        Visitor bob = Visitor.page(io, "key=b", "tab=1", "room=Games");
        Visitor bobsOtherTab = Visitor.page(io, "key=b", "tab=2");
        Visitor eve = Visitor.page(io);
        Visitor tutorial = Visitor.simple(io);
        String bobsId = bob.welcome().get("you").asText();

        JsonNode message =
                ada.ask("say", Map.of("id", "1", "text", "psst", "to", bobsId)).get("value");

        assertThat(message.get("to").get("id").asText()).isEqualTo(bobsId);
        assertThat(bob.heard("message")).containsExactly(message);
        assertThat(bobsOtherTab.heardTexts()).containsExactly("psst");
        assertThat(adasOtherTab.heardTexts()).containsExactly("psst");
        assertThat(ada.heardTexts()).isEmpty();
        assertThat(eve.heardTexts()).isEmpty();
        assertThat(tutorial.heard("chat message")).isEmpty();
        assertThat(texts(Visitor.page(io).welcome().get("history"))).isEmpty();
    }

    @Test
    void aPrivateMessageNeedsSomebodyWhoCanShowIt() {
        Visitor ada = Visitor.page(io);
        String adasId = ada.welcome().get("you").asText();
        Visitor tutorial = Visitor.simple(io);
        tutorial.emit("chat message", "hi");
        String simple = ada.heard("person").get(0).get("id").asText();

        assertThat(problem(ada.ask("say", Map.of("id", "1", "text", "x", "to", "99"))))
                .contains("has left");
        assertThat(problem(ada.ask("say", Map.of("id", "2", "text", "x", "to", adasId))))
                .isEqualTo("This is you.");
        assertThat(problem(ada.ask("say", Map.of("id", "3", "text", "x", "to", simple))))
                .contains("simple page");
    }

    @Test
    void typingIsTellingToTheRoom() {
        Visitor ada = Visitor.page(io);
        Visitor bob = Visitor.page(io);
        Visitor elsewhere = Visitor.page(io, "room=Games");

        ada.emit("typing");

        assertThat(bob.heard("typing")).containsExactly(ada.welcome().get("you"));
        assertThat(ada.heard("typing")).isEmpty();
        assertThat(elsewhere.heard("typing")).isEmpty();
    }

    @Test
    void theLobbyAndTheTutorialsHearEachOther() {
        Visitor ada = Visitor.page(io, "name=Ada");
        Visitor guest = Visitor.page(io);
        Visitor one = Visitor.simple(io);
        Visitor two = Visitor.simple(io);

        one.emit("chat message", "from a tutorial");
        guest.say("from a guest");
        ada.say("from Ada");

        List<String> texts = List.of("from a tutorial", "from a guest", "Ada: from Ada");
        assertThat(one.heard("chat message")).extracting(JsonNode::asText).isEqualTo(texts);
        assertThat(two.heard("chat message")).extracting(JsonNode::asText).isEqualTo(texts);
        assertThat(ada.heardTexts()).containsExactly("from a tutorial", "from a guest");
        assertThat(guest.heardTexts()).containsExactly("from a tutorial", "from Ada");
        assertThat(texts(Visitor.page(io).welcome().get("history"))).hasSize(3);
    }

    @Test
    void otherRoomsAreNoneOfTheTutorialsBusiness() {
        Visitor tutorial = Visitor.simple(io);
        Visitor ada = Visitor.page(io, "room=Games");

        ada.say("only here");
        tutorial.emit("chat message", "only in the lobby");

        assertThat(tutorial.heard("chat message")).hasSize(1);
        assertThat(ada.heardTexts()).isEmpty();
    }

    @Test
    void messagesHaveALengthAndSomethingInThem() {
        Visitor ada = Visitor.page(io);
        Visitor bob = Visitor.page(io);
        String longest = "x".repeat(Limits.DEFAULT.messageLength());

        assertThat(ada.ask("say", Map.of("id", "1", "text", longest))
                        .get("problem")
                        .isNull())
                .isTrue();
        assertThat(problem(ada.ask("say", Map.of("id", "2", "text", longest + "x"))))
                .contains("10000 characters");
        assertThat(problem(ada.ask("say", Map.of("id", "3", "text", " \n\t")))).contains("nothing");
        assertThat(bob.heardTexts()).containsExactly(longest);
    }

    @Test
    void whatIsMalformedIsAnsweredAndHarmsNobody() {
        Visitor ada = Visitor.page(io);
        Visitor bob = Visitor.page(io);

        assertThat(ada.ask("say").get("problem").asText()).isNotEmpty();
        assertThat(ada.ask("say", 7).has("error")).isTrue();
        assertThat(ada.ask("say", Map.of("text", "no id")).has("error")).isTrue();
        assertThat(ada.ask("say", Map.of("id", "no text")).has("error")).isTrue();
        assertThat(ada.ask("say", Map.of("id", "x".repeat(65), "text", "x")).has("error"))
                .isTrue();
        assertThat(ada.ask("say", new HashMap<>(Map.of("id", "1", "text", List.of("x"))))
                        .has("error"))
                .isTrue();
        assertThat(ada.ask("room", List.of()).has("error")).isTrue();
        assertThat(ada.ask("name", Map.of()).has("error")).isTrue();
        ada.emit("say", "without an answer");
        ada.say("fine");

        assertThat(bob.heardTexts()).containsExactly("fine");
    }

    @Test
    void aTutorialIsToldInItsOwnWayWhatIsNotSent() {
        Visitor tutorial = Visitor.simple(io);
        Visitor ada = Visitor.page(io);

        tutorial.emit("chat message");
        tutorial.emit("chat message", 7);
        tutorial.emit("chat message", Map.of("toString", "x"));
        tutorial.emit("chat message", "x".repeat(10_001));
        tutorial.emit("chat message", "");

        assertThat(tutorial.heard("chat message"))
                .extracting(JsonNode::asText)
                .hasSize(5)
                .allMatch(text -> text.startsWith("Not sent: "));
        assertThat(ada.heardTexts()).isEmpty();
        assertThat(ada.heard("person")).isEmpty();
    }

    private static String problem(JsonNode answer) {
        return answer.get("problem").asText();
    }

    private static List<String> texts(JsonNode history) {
        return StreamSupport.stream(history.spliterator(), false)
                .map(message -> message.get("text").asText())
                .toList();
    }
}
