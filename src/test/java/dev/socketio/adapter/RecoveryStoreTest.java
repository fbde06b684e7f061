package dev.socketio.adapter;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socketio.protocol.Json;
import dev.socketio.protocol.OutgoingEvent;
import dev.socketio.protocol.Parser;
import dev.socketio.time.FakeScheduler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecoveryStoreTest {

    private static final Duration SESSION_AGE = Duration.ofSeconds(60);
    private static final Duration EVENT_AGE = Duration.ofSeconds(90);
    private static final int MAX_SESSIONS = 3;
    private static final int MAX_PACKETS = 5;
    private static final long MAX_BYTES = 3_000;

    private final FakeScheduler time = new FakeScheduler();
    private final Parser.Encoder encoder = Parser.standard().encoder(Json.mapper(1_000_000));
    private final RecoveryStore store =
            new RecoveryStore(time, SESSION_AGE, EVENT_AGE, MAX_SESSIONS, MAX_PACKETS, MAX_BYTES);

    @AfterEach
    void leavesNoTimerBehind() {
        store.close();
        assertThat(time.pending()).isZero();
    }

    private String emit(String event) {
        return emit(event, BroadcastOptions.ALL);
    }

    private String emit(String event, BroadcastOptions options) {
        return emit("/", event, options);
    }

    private String emit(String namespace, String event, BroadcastOptions options) {
        Broadcast broadcast =
                store.append(encoder, OutgoingEvent.of(namespace, event, new @Nullable Object[0]), options);
        return requireNonNull(broadcast.offset());
    }

    private static BroadcastOptions to(String... rooms) {
        return BroadcastOptions.ALL.to(rooms);
    }

    /** The client is away; it got into the namespace before the first event and was in its own room only. */
    private void persist(String pid, @Nullable String sent) {
        persist(pid, sent, Map.of("ann", 0L));
    }

    private void persist(String pid, @Nullable String sent, Map<String, Long> rooms) {
        store.persist("/", new Session("ann", pid, rooms, "data", 0, store.position(), sent, null));
    }

    /** Returns the events that the client gets when it comes back, without their offsets. */
    private @Nullable List<String> comeBack(String pid, @Nullable String offset) {
        Optional<Recovered> recovered = store.take("/", pid, offset);
        return recovered.map(this::missed).orElse(null);
    }

    private List<String> missed(Recovered recovered) {
        return store.missed("/", recovered.session(), recovered.position()).events().stream()
                .map(event -> requireNonNull(event.packet().text())
                        .replaceAll("^2(/\\w+,)?\\[\"(\\w+)\",\"" + event.offset() + "\"]$", "$2"))
                .toList();
    }

    @Test
    void givesWhatCameAfterAnOffset() {
        emit("a");
        String offset = emit("b");
        persist("p", offset);
        emit("c");
        emit("d");

        assertThat(comeBack("p", offset)).containsExactly("c", "d");
    }

    @Test
    void givesEverythingToAClientThatHasGotNothing() {
        emit("a");
        String sent = emit("b");
        persist("p", sent);
        emit("c");

        assertThat(comeBack("p", null)).containsExactly("a", "b", "c");
    }

    @Test
    void givesWhatWasSentBeforeTheEndButDidNotArrive() {
        String offset = emit("a");
        String sent = emit("b");
        persist("p", sent);

        assertThat(comeBack("p", offset)).containsExactly("b");
    }

    @Test
    void givesASessionOnce() {
        String offset = emit("a");
        persist("p", offset);

        assertThat(store.take("/", "p", offset)).isPresent();
        assertThat(store.take("/", "p", offset)).isEmpty();
    }

    @Test
    void keepsTheSessionAsItIs() {
        Session session = new Session("ann", "p", Map.of("ann", 0L, "news", 7L), new Object(), 0, 0, null, null);
        store.persist("/", session);

        assertThat(store.take("/", "p", null)).contains(new Recovered(session, 0));
    }

    @Test
    void doesNotKnowASessionOfAnotherNamespace() {
        persist("p", null);

        assertThat(store.take("/other", "p", null)).isEmpty();
        assertThat(store.take("/", "q", null)).isEmpty();
        assertThat(store.take("/", "p", null)).isPresent();
    }

    @Test
    void givesNoEventOfAnotherNamespace() {
        persist("p", null);
        emit("/other", "a", BroadcastOptions.ALL);
        emit("b");

        assertThat(comeBack("p", null)).containsExactly("b");
    }

    @Test
    void givesTheEventsOfTheRoomsOfTheSession() {
        persist("p", null, Map.of("ann", 0L, "news", 0L));
        emit("a", to("ann"));
        emit("b", to("bob"));
        emit("c", to("news", "sport"));
        emit("d", to("sport"));

        assertThat(comeBack("p", null)).containsExactly("a", "c");
    }

    @Test
    void leavesOutTheExceptions() {
        persist("p", null, Map.of("ann", 0L, "news", 0L));
        emit("a", BroadcastOptions.ALL.except("ann"));
        emit("b", to("ann").except("news"));
        emit("c", to("news").except("sport"));

        assertThat(comeBack("p", null)).containsExactly("c");
    }

    @Test
    void givesNothingOfARoomFromBeforeItWasJoined() {
        emit("a", to("news"));
        persist("p", null, Map.of("ann", 0L, "news", store.position()));
        emit("b", to("news"));

        assertThat(comeBack("p", null)).containsExactly("b");
    }

    @Test
    void givesNothingFromBeforeTheSession() {
        String old = emit("a");
        emit("b");
        store.persist("/", new Session("ann", "p", Map.of(), "data", 2, 2, null, null));
        emit("c");

        assertThat(comeBack("p", old)).containsExactly("c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "hello world", "zzzz1", "-1", "9223372036854775808"})
    void refusesAnOffsetThatItHasNotGiven(String offset) {
        emit("a");
        persist("p", null);

        assertThat(store.take("/", "p", offset)).isEmpty();
    }

    @Test
    void refusesAnOffsetOfTheFuture() {
        String offset = emit("a");
        persist("p", null);

        assertThat(store.take("/", "p", offset.replaceAll("1$", "2"))).isEmpty();
    }

    @Test
    void refusesAnOffsetOfAnotherLife() {
        RecoveryStore other = new RecoveryStore(time, SESSION_AGE, EVENT_AGE, 1, 1, MAX_BYTES);
        String offset = requireNonNull(
                other.append(encoder, OutgoingEvent.of("/", "a", new @Nullable Object[0]), BroadcastOptions.ALL)
                        .offset());
        other.close();
        emit("a");
        persist("p", null);

        // one of 1.6 million stores has the same prefix
        assertThat(store.take("/", "p", offset).isPresent()).isEqualTo(emit("b").startsWith(offset.substring(0, 4)));
    }

    @Test
    void forgetsASessionInTime() {
        persist("p", null);
        time.advance(SESSION_AGE.minusNanos(1));
        assertThat(comeBack("p", null)).isEmpty();

        persist("p", null);
        time.advance(SESSION_AGE);
        assertThat(comeBack("p", null)).isNull();
    }

    @Test
    void keepsEventsThatWereSentBeforeTheEndWasNoticed() {
        String offset = emit("a");
        time.advance(EVENT_AGE.minus(SESSION_AGE));
        persist("p", emit("b"));
        time.advance(SESSION_AGE.minusNanos(1));

        assertThat(comeBack("p", offset)).containsExactly("b");
    }

    @Test
    void knowsWhatIsMissedWhenTheLastEventIsLongGone() {
        String offset = emit("a");
        time.advance(EVENT_AGE.multipliedBy(2));
        persist("p", offset);
        emit("b");

        assertThat(comeBack("p", offset)).containsExactly("b");
    }

    @Test
    void knowsThatNothingIsMissedWhenNothingWasSent() {
        emit("a", to("others"));
        time.advance(EVENT_AGE.multipliedBy(2));
        persist("p", null);
        emit("b");

        assertThat(comeBack("p", null)).containsExactly("b");
    }

    @Test
    void refusesAClientThatMayHaveMissedWhatIsGone() {
        String offset = emit("a");
        String sent = emit("b");
        time.advance(EVENT_AGE.multipliedBy(2));
        persist("p", sent);
        persist("q", sent);

        assertThat(store.take("/", "p", offset)).isEmpty();
        assertThat(store.take("/", "q", null)).isEmpty();
    }

    @Test
    void dropsTheOldestSessionWhenThereAreTooMany() {
        persist("p", null);
        persist("q", null);
        persist("p", null); // away for a second time, so it is the newer one
        persist("r", null);
        persist("s", null);

        assertThat(store.take("/", "q", null)).isEmpty();
        assertThat(store.take("/", "p", null)).isPresent();
        assertThat(store.take("/", "r", null)).isPresent();
        assertThat(store.take("/", "s", null)).isPresent();
    }

    @Test
    void dropsTheOldestEventsWhenThereAreTooMany() {
        String first = emit("a");
        persist("p", first);
        persist("q", first);
        for (int i = 0; i < MAX_PACKETS; i++) {
            emit("e" + i);
        }

        assertThat(comeBack("p", first)).containsExactly("e0", "e1", "e2", "e3", "e4");
        assertThat(store.take("/", "q", null)).isEmpty();
    }

    @Test
    void dropsTheOldestEventsWhenTheyAreTooLarge() {
        String offset = emit("a");
        persist("p", offset);
        persist("q", offset);
        emit("b".repeat(1_200));
        assertThat(comeBack("p", offset)).containsExactly("b".repeat(1_200));

        emit("c".repeat(1_200));
        String sent = emit("d".repeat(1_200));
        assertThat(comeBack("q", offset)).isNull();
        persist("r", sent);
        assertThat(comeBack("r", sent)).isEmpty();
    }

    @Test
    void countsAttachments() {
        persist("p", null);
        for (int i = 0; i < 3; i++) {
            store.append(encoder, OutgoingEvent.of("/", "e", new Object[] {new byte[1_000]}), BroadcastOptions.ALL);
        }

        assertThat(store.take("/", "p", null)).isEmpty();
    }

    @Test
    void dropsEverythingForAnEventThatFitsNowhere() {
        persist("p", null);
        emit("a");
        emit("b".repeat(4_000));

        assertThat(store.take("/", "p", null)).isEmpty();
        persist("q", null);
        emit("c");
        assertThat(comeBack("q", null)).containsExactly("c");
    }

    @Test
    void tellsThatMissedEventsAreGone() {
        persist("p", null);
        Recovered recovered = store.take("/", "p", null).orElseThrow();
        for (int i = 0; i <= MAX_PACKETS; i++) {
            emit("e" + i);
        }

        assertThatThrownBy(() -> missed(recovered)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void hasNoTimerWhileItIsEmpty() {
        assertThat(time.pending()).isZero();
        emit("a");
        persist("p", null);
        assertThat(time.pending()).isOne();

        time.advance(EVENT_AGE.multipliedBy(2));
        assertThat(time.pending()).isZero();
    }

    @Test
    void keepsNothingOnceItIsClosed() {
        persist("p", null);
        store.close();
        persist("q", null);
        emit("a");

        assertThat(store.take("/", "p", null)).isEmpty();
        assertThat(store.take("/", "q", null)).isEmpty();
        assertThat(store.position()).isZero();
    }

    @Test
    void staysInOrderWhenItGrowsAndShrinks() {
        RecoveryStore large = new RecoveryStore(time, SESSION_AGE, EVENT_AGE, 1, 1_000, 1_000_000);
        for (int round = 0; round < 3; round++) {
            long start = large.position();
            for (int i = 0; i < 500; i++) {
                large.append(encoder, OutgoingEvent.of("/", "e", new Object[] {i}), BroadcastOptions.ALL);
            }
            Session session = new Session("ann", "p", Map.of(), "data", start, start, null, null);
            List<Missed.Event> missed = large.missed("/", session, start).events();
            assertThat(missed).hasSize(500);
            for (int i = 0; i < 500; i++) {
                assertThat(missed.get(i).packet().text()).startsWith("2[\"e\"," + i + ",");
            }
            time.advance(EVENT_AGE.multipliedBy(2));
        }
        large.close();
    }
}
