package dev.socketio.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socketio.SocketIoServer;
import dev.socketio.time.FakeScheduler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is there, under what name and in which room. */
class PresenceTest {

    private static final Limits FEW = new Limits(5, 2, 3, 100, 4, 1, 10, 1_000, Duration.ofSeconds(20));

    private final FakeScheduler time = new FakeScheduler();
    private final SocketIoServer io = ChatServer.start(time, FEW);

    @AfterEach
    void leavesNothingBehind() {
        io.close();
        assertThat(time.pending()).isZero();
    }

    @Test
    void peopleSeeWhoIsThereAndWhoComes() {
        Visitor ada = Visitor.page(io, "name=Ada");
        JsonNode adasWelcome = ada.welcome();
        Visitor guest = Visitor.page(io, "room=Games");

        assertThat(adasWelcome.get("room").asText()).isEqualTo("Lobby");
        assertThat(adasWelcome.get("people")).hasSize(1);
        assertThat(guest.welcome().get("people")).hasSize(2);
        JsonNode seen = ada.heard("person").get(0);
        assertThat(seen.toString())
                .isEqualTo("{\"id\":\"2\",\"name\":\"Guest 2\",\"rooms\":[\"Games\"],\"away\":false,\"simple\":false}");
        assertThat(guest.heard("person")).isEmpty();
    }

    @Test
    void tabsOfOneBrowserAreOnePerson() {
        Visitor ada = Visitor.page(io, "key=a", "tab=1", "name=Ada");
        Visitor second = Visitor.page(io, "key=a", "tab=2", "name=Ada", "room=Games");
        Visitor bob = Visitor.page(io, "name=Bob");

        assertThat(bob.welcome().get("people")).hasSize(2);
        assertThat(second.welcome().get("problems")).isEmpty();
        second.leave();
        time.advance(Duration.ofSeconds(2));
        assertThat(bob.heard("gone")).isEmpty();
        assertThat(bob.heard("person")).singleElement().asString().contains("\"rooms\":[\"Lobby\"]");
        ada.leave();
        time.advance(Duration.ofSeconds(2));
        assertThat(bob.heard("gone")).hasSize(1);
    }

    @Test
    void aNameBelongsToOnePersonAsLongAsThatPersonIsThere() {
        Visitor ada = Visitor.page(io, "key=a", "name=Ada");
        Visitor other = Visitor.page(io, "name= ADA ");

        assertThat(other.welcome().get("problems")).singleElement().asString().contains("“ADA” is taken");
        assertThat(problem(other.ask("name", "ada"))).isEqualTo("The name “ada” is taken. Choose another one.");
        assertThat(problem(other.ask("name", "guest 1"))).contains("reserved");
        assertThat(problem(other.ask("name", "\u202eadA"))).contains("invisible");
        assertThat(ada.ask("name", "Ada Lovelace").get("value").asText()).isEqualTo("Ada Lovelace");
        assertThat(other.ask("name", "Ada").get("problem").isNull()).isTrue();
        assertThat(ada.heard("person"))
                .extracting(each -> each.get("name").asText())
                .contains("Ada Lovelace", "Ada");
    }

    @Test
    void aNameCanBeWrittenAnewByItsOwner() {
        Visitor ada = Visitor.page(io, "name=Ada");
        assertThat(ada.ask("name", "ADA").get("value").asText()).isEqualTo("ADA");

        assertThat(problem(Visitor.page(io).ask("name", "ada"))).contains("taken");
    }

    @Test
    void aPageThatIsLoadedAnewIsNotMissed() {
        Visitor bob = Visitor.page(io);
        Visitor ada = Visitor.page(io, "key=a", "tab=1", "name=Ada");
        bob.heard("person");
        ada.leave();
        time.advance(Duration.ofMillis(1_999));
        Visitor again = Visitor.page(io, "key=a", "tab=2", "name=Ada");
        time.advance(Duration.ofSeconds(24));

        assertThat(bob.heard("gone")).isEmpty();
        assertThat(again.welcome().get("people")).hasSize(2);
    }

    @Test
    void whoLosesTheConnectionIsAwayThenGone() {
        Visitor bob = Visitor.page(io);
        Visitor ada = Visitor.page(io, "name=Ada");
        bob.heard("person");
        ada.hangUp();

        assertThat(bob.heard("person")).singleElement().asString().contains("\"away\":true");
        time.advance(Duration.ofSeconds(20).minusNanos(1));
        assertThat(bob.heard("gone")).isEmpty();
        time.advance(Duration.ofNanos(1));
        assertThat(bob.heard("gone")).hasSize(1);
        assertThat(Visitor.page(io, "name=Ada").welcome().get("problems")).isEmpty();
    }

    @Test
    void whoComesBackWithTheSameTabIsWhereItWas() {
        Visitor ada = Visitor.page(io, "key=a", "tab=1", "name=Ada");
        Visitor bob = Visitor.page(io, "room=Games");
        ada.ask("room", "Games");
        ada.hangUp();
        bob.say("missed");
        bob.heard("person");
        Visitor back = Visitor.page(io, "key=a", "tab=1", "name=Ada");

        assertThat(back.welcome().toString()).contains("\"room\":\"Games\"", "missed");
        assertThat(bob.heard("person")).singleElement().asString().contains("\"away\":false");
        bob.say("heard");
        assertThat(back.heardTexts()).containsExactly("heard");
        time.advance(Duration.ofSeconds(24));
        assertThat(bob.heard("gone")).isEmpty();
    }

    @Test
    void aTabThatIsTakenOverIsNotEndedByItsOldConnection() {
        Visitor bob = Visitor.page(io);
        Visitor dead = Visitor.page(io, "key=a", "tab=1");
        Visitor.page(io, "key=a", "tab=1");
        bob.heard("person");
        dead.hangUp();
        time.advance(Duration.ofSeconds(24));

        assertThat(bob.heard("person")).isEmpty();
        assertThat(bob.heard("gone")).isEmpty();
    }

    @Test
    void roomsAreThereAsLongAsSomebodyIsInThem() {
        Visitor ada = Visitor.page(io);
        Visitor bob = Visitor.page(io);

        assertThat(ada.ask("room", " board  GAMES ").get("value").get("room").asText())
                .isEqualTo("board GAMES");
        assertThat(bob.ask("room", "Board games").get("value").get("room").asText())
                .isEqualTo("board GAMES");
        ada.say("hello");
        assertThat(bob.heardTexts()).containsExactly("hello");
        ada.ask("room", "Lobby");
        bob.ask("room", "lobby");
        time.advance(Duration.ofSeconds(9));

        JsonNode empty = ada.ask("room", "Board games").get("value");
        assertThat(empty.get("room").asText()).isEqualTo("Board games");
        assertThat(empty.get("history")).isEmpty();
    }

    @Test
    void thereAreSoManyRoomsAndNoMore() {
        Visitor ada = Visitor.page(io, "room=A");
        Visitor bob = Visitor.page(io, "room=B");

        assertThat(problem(ada.ask("room", "C"))).isEqualTo("There are 3 rooms already. Choose one of them.");
        assertThat(Visitor.page(io, "room=C").welcome().toString()).contains("\"room\":\"Lobby\"", "3 rooms");
        bob.ask("room", "Lobby");
        assertThat(ada.ask("room", "C").get("problem").isNull()).isTrue();
    }

    @Test
    void thereAreSoManyPeopleAndNoMore() {
        List<Visitor> people =
                IntStream.range(0, 5).mapToObj(i -> Visitor.page(io)).toList();
        Visitor tooMany = Visitor.page(io);

        assertThat(tooMany.heard("refused")).singleElement().asString().contains("full");
        assertThat(tooMany.lastPacket()).isEqualTo("1/chat,");
        Visitor simple = Visitor.simple(io);
        simple.emit("chat message", "hello");
        assertThat(simple.heard("chat message")).singleElement().asString().contains("full");
        people.get(0).leave();
        time.advance(Duration.ofSeconds(2));
        assertThat(Visitor.page(io).welcome().get("people")).hasSize(5);
    }

    @Test
    void onePersonHasSoManyTabsAndNoMore() {
        Visitor.page(io, "key=a", "tab=1");
        Visitor.page(io, "key=a", "tab=2");

        assertThat(Visitor.page(io, "key=a", "tab=3").heard("refused"))
                .singleElement()
                .asString()
                .contains("2 times");
    }

    @Test
    void oneConnectionDoesSoMuchAndNoMore() {
        Visitor ada = Visitor.page(io);
        Visitor bob = Visitor.page(io);
        for (int i = 0; i < 4; i++) {
            ada.say("message " + i);
        }

        assertThat(problem(ada.ask("say", Map.of("id", "x", "text", "x")))).contains("too fast");
        assertThat(problem(ada.ask("room", "Games"))).contains("too fast");
        time.advance(Duration.ofSeconds(1));
        ada.say("later");
        assertThat(bob.heardTexts()).containsExactly("message 0", "message 1", "message 2", "message 3", "later");
    }

    @Test
    void aTutorialThatIsTooFastIsTold() {
        Visitor tutorial = Visitor.simple(io);
        for (int i = 0; i < 5; i++) {
            tutorial.emit("chat message", "message " + i);
        }

        assertThat(tutorial.heard("chat message")).hasSize(5).last().asString().contains("Not sent: you are too fast.");
    }

    @Test
    void whoFollowsATutorialIsThereWithTheFirstMessage() {
        Visitor ada = Visitor.page(io);
        Visitor tutorial = Visitor.simple(io);
        assertThat(ada.heard("person")).isEmpty();

        tutorial.emit("chat message", "one");
        tutorial.emit("chat message", "two");
        assertThat(ada.heard("person")).singleElement().asString().contains("\"name\":\"Guest 2\"", "\"simple\":true");
        tutorial.hangUp();
        assertThat(ada.heard("gone")).hasSize(1);
    }

    @Test
    void whatAPageSendsAlongMayBeAnything() {
        Visitor ada = Visitor.page(io);
        Visitor odd = Visitor.page(io, "key=" + "x".repeat(1_001), "name=\u0000", "room=\u202e");

        assertThat(odd.welcome().get("problems")).isEmpty();
        assertThat(ada.heard("person")).singleElement().asString().contains("Guest 2");
        assertThat(Visitor.page(io, "name=\u0000", "room=\u202e").welcome().get("problems"))
                .hasSize(2);
    }

    private static String problem(JsonNode answer) {
        return answer.get("problem").asText();
    }
}
