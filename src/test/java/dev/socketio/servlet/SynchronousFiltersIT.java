package dev.socketio.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.socketio.LogCapture;
import dev.socketio.SocketIoServer;
import dev.socketio.testing.Container;
import dev.socketio.testing.EmbeddedServer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the log says of filters that would break polling. */
final class SynchronousFiltersIT {

    private static final EnumSet<DispatcherType> REQUEST = EnumSet.of(DispatcherType.REQUEST);

    /** Public, without a parameter: as containers want them. */
    public static final class Audit implements Filter {

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            chain.doFilter(request, response);
        }
    }

    private static List<String> errorsOfStart(Container container, Consumer<FilterRegistration.Dynamic> mapping) {
        try (LogCapture log = new LogCapture(SynchronousFilters.class);
                EmbeddedServer server = container.start(context -> {
                    mapping.accept(context.addFilter("audit", new Audit()));
                    SocketIoInitializer.register(
                            context, SocketIoServer.builder().build());
                })) {
            assertThat(server.port()).isPositive();
            return messages(log);
        }
    }

    private static List<String> messages(LogCapture log) {
        return log.records().stream()
                .map(each -> String.valueOf(each.getMessage()))
                .filter(message -> message.contains("audit"))
                .toList();
    }

    static Stream<Arguments> before() {
        return inEveryContainer(List.of(
                filter -> filter.addMappingForUrlPatterns(REQUEST, false, "/*"),
                filter -> filter.addMappingForUrlPatterns(REQUEST, true, "/socket.io/*", "/other"),
                filter -> filter.addMappingForServletNames(REQUEST, true, "socketio/socket.io")));
    }

    static Stream<Arguments> elsewhere() {
        return inEveryContainer(List.of(
                filter -> filter.addMappingForUrlPatterns(REQUEST, false, "/socket.io/admin/*", "/socket/*", "*.html"),
                filter -> {
                    filter.setAsyncSupported(true);
                    filter.addMappingForUrlPatterns(REQUEST, false, "/*");
                }));
    }

    private static Stream<Arguments> inEveryContainer(List<Consumer<FilterRegistration.Dynamic>> mappings) {
        return Arrays.stream(Container.values())
                .flatMap(container -> mappings.stream().map(mapping -> Arguments.of(container, mapping)));
    }

    @ParameterizedTest
    @MethodSource("before")
    void areNamedWhenTheApplicationStarts(Container container, Consumer<FilterRegistration.Dynamic> mapping) {
        assertThat(errorsOfStart(container, mapping))
                .singleElement()
                .satisfies(error -> assertThat(error)
                        .contains("filter audit (" + Audit.class.getName() + ")")
                        .contains("[/socket.io/*]")
                        .contains("<async-supported>true</async-supported>"));
    }

    @ParameterizedTest
    @MethodSource("elsewhere")
    void areOfNoConcernElsewhere(Container container, Consumer<FilterRegistration.Dynamic> mapping) {
        assertThat(errorsOfStart(container, mapping)).isEmpty();
    }

    @Test
    void areToldOfOnceByTheFirstRequestWhereNothingElseTells() {
        FilterRegistration filter = mock(FilterRegistration.class);
        when(filter.getName()).thenReturn("audit");
        when(filter.getUrlPatternMappings()).thenReturn(List.of("/*"));
        ServletContext context = mock(ServletContext.class);
        doReturn(Map.of("audit", filter)).when(context).getFilterRegistrations();
        ServletConfig servlet = mock(ServletConfig.class);
        when(servlet.getServletContext()).thenReturn(context);
        when(servlet.getServletName()).thenReturn("socketio");
        ServletRegistration mapped = mock(ServletRegistration.class);
        when(mapped.getMappings()).thenReturn(List.of("/socket.io/*"));
        when(context.getServletRegistration("socketio")).thenReturn(mapped);

        try (LogCapture log = new LogCapture(SynchronousFilters.class)) {
            SynchronousFilters filters = SynchronousFilters.check(servlet);
            assertThat(messages(log)).isEmpty();
            filters.check(mock(HttpServletRequest.class));
            filters.check(mock(HttpServletRequest.class));
            assertThat(messages(log)).hasSize(1);
        }
    }
}
