package dev.socketio;

import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNCHRONIZED;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The boundaries between packages, and habits that a compiler does not check. */
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    static final String ROOT = "dev.socketio";

    /** Every package of this project, with the others that it may import. {@code ""} is the API. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.of(
            ".time", Set.of(),
            ".protocol", Set.of(),
            ".engine", Set.of(".time"),
            ".adapter", Set.of(".time", ".protocol"),
            "", Set.of(".time", ".protocol", ".engine", ".adapter"),
            ".adapter.redis", Set.of(".time", ".protocol", ".adapter"),
            ".servlet", Set.of(".time", ".engine", ""),
            ".spring", Set.of(".servlet", ""),
            ".chat", Set.of("", ".time", ".protocol", ".engine", ".adapter", ".servlet"),
            ".terminal", Set.of());

    @ArchTest
    static void dependenciesPointDown(JavaClasses project) {
        for (var javaClass : project) {
            String from = javaClass.getPackageName().substring(ROOT.length());
            assertThat(MAY_IMPORT).as("packages, which this test lists").containsKey(from);
            for (var dependency : javaClass.getDirectDependenciesFromSelf()) {
                String target = dependency.getTargetClass().getPackageName();
                if (target.startsWith(ROOT) && !target.equals(javaClass.getPackageName())) {
                    assertThat(MAY_IMPORT.get(from))
                            .as(dependency.getDescription())
                            .contains(target.substring(ROOT.length()));
                }
            }
        }
    }

    @ArchTest
    static final ArchRule containersStayAtTheEdge = noClasses()
            .that()
            .resideOutsideOfPackages("..servlet..", "..spring..", "..chat..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta..", "org.eclipse.jetty..", "org.apache.tomcat..");

    @ArchTest
    static final ArchRule springStaysApart = noClasses()
            .that()
            .resideOutsideOfPackage("..spring..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework..");

    @ArchTest
    static final ArchRule redisIsOptional = noClasses()
            .that()
            .resideOutsideOfPackage("..adapter.redis..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.lettuce..", "io.netty..", "reactor..");

    @ArchTest
    static final ArchRule engineKnowsNoJson = noClasses()
            .that()
            .resideInAPackage("..engine..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml.jackson..");

    @ArchTest
    static final ArchRule timeIsInjected = noClasses()
            .that()
            .resideOutsideOfPackages("..time..", "..chat..")
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Executors.class);

    /** Over the tests too, which have a clock of their own. */
    @Test
    void nobodySleeps() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class, int.class)
                .orShould()
                .callMethod(TimeUnit.class, "sleep", long.class)
                .check(new ClassFileImporter().importPackages(ROOT));
    }

    @ArchTest
    static final ArchRule locksArePrivate =
            noMethods().should().haveModifier(SYNCHRONIZED).because("a lock that callers can take is part of the API");

    @ArchTest
    static final ArchRule classesAreClosed = classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAnonymousClasses()
            .and()
            .haveSimpleNameNotEndingWith("package-info")
            .should()
            .haveModifier(FINAL)
            .orShould()
            .haveModifier(ABSTRACT)
            .because("inheritance is designed for or forbidden");
}
