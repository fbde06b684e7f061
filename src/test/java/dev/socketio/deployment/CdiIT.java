package dev.socketio.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socketio.SocketIoApplication;
import dev.socketio.SocketIoServer;
import dev.socketio.servlet.SocketIoInitializer;
import dev.socketio.testing.Container;
import dev.socketio.testing.EmbeddedServer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Applications that are beans, where CDI has started before the web application, as in servers of Jakarta EE. */
@Isolated("a container of CDI is there for all of the JVM")
final class CdiIT {

    /** Something to inject. */
    @ApplicationScoped
    public static class Diary {

        private final List<String> entries = new CopyOnWriteArrayList<>();

        void add(String entry) {
            entries.add(entry);
        }

        List<String> entries() {
            return List.copyOf(entries);
        }
    }

    /** One for all. */
    @ApplicationScoped
    public static class Shared implements SocketIoApplication {

        @Inject
        private Diary diary;

        @Override
        public void configure(SocketIoServer io) {
            diary.add("shared begins");
        }

        @PreDestroy
        void end() {
            diary.add("shared ends");
        }
    }

    /** One for whoever asks. */
    @Dependent
    public static class Own implements SocketIoApplication {

        private final Diary diary;

        @Inject
        Own(Diary diary) {
            this.diary = diary;
        }

        @Override
        public void options(SocketIoServer.Builder options) {
            options.path("/own");
        }

        @Override
        public void configure(SocketIoServer io) {
            diary.add("own begins");
        }

        @PreDestroy
        void end() {
            diary.add("own ends");
        }
    }

    /** No bean, since CDI is not told of it. */
    public static final class Plain implements SocketIoApplication {

        @Override
        public void configure(SocketIoServer io) {}
    }

    private final SeContainer cdi = SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addBeanClasses(Diary.class, Shared.class, Own.class)
            .initialize();

    private final Diary diary = cdi.select(Diary.class).get();

    @AfterEach
    void endCdi() {
        cdi.close();
    }

    private static EmbeddedServer start(Class<?>... found) {
        return Container.TOMCAT.start(context -> {
            context.setInitParameter("socketio.discovery", "true"); // Spring Boot is on the tests' class path
            new SocketIoInitializer().onStartup(Set.of(found), context);
        });
    }

    @Test
    void aBeanIsInjected() {
        start(Shared.class).close();

        assertThat(diary.entries()).containsExactly("shared begins");
    }

    @Test
    void aBeanOfTheWebApplicationEndsWithIt() {
        try (EmbeddedServer server = start(Own.class)) {
            assertThat(server.port()).isPositive();
            assertThat(diary.entries()).containsExactly("own begins");
        }

        assertThat(diary.entries()).containsExactly("own begins", "own ends");
    }

    @Test
    void aClassThatIsNoBeanIsMadeByItsConstructor() {
        start(Plain.class).close();

        assertThat(diary.entries()).isEmpty();
    }
}
