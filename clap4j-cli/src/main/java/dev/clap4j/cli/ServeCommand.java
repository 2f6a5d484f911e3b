package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.Clip;
import dev.clap4j.Progress;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.clip.ClipAccess;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.server.ClapServer;
import dev.clap4j.tsne.Tsne;
import dev.clap4j.tsne.TsneOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code clap serve}: a model behind HTTP, until the process is asked to end. */
@Command(
        name = "serve",
        description = {
            "Serve a model over HTTP: embeddings, classification, similarity.",
            "Only this machine can reach the server unless --host says otherwise. Each request makes a line of JSON on"
                    + " standard output. Ctrl-C, or a request to terminate, lets requests in progress finish."
        },
        mixinStandardHelpOptions = true)
final class ServeCommand implements Runnable {
    private static final String THIS_MACHINE = "127.0.0.1";
    private static final int POLL_MILLISECONDS = 50;
    private static final int HIGHEST_PORT = 65_535;
    private static final int MOST_MEBIBYTES = 2047;

    @Mixin
    private ModelOption model;

    @Mixin
    private HeadOption head;

    @Mixin
    private HeadOption.Alpha alpha;

    @Mixin
    private ClassesOption classes;

    @Mixin
    private TemplateOptions templates;

    @Option(
            names = "--index",
            paramLabel = "INDEX",
            description = "An index of pictures to search, see clap index; given twice, one made with the head and one"
                    + " without, so that people can compare.")
    private List<Path> indexes = List.of();

    @Option(
            names = "--host",
            defaultValue = THIS_MACHINE,
            paramLabel = "ADDRESS",
            description = "The address to listen on, 0.0.0.0 for all networks (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port",
            defaultValue = "8080",
            paramLabel = "PORT",
            description = "The port, 0 for any that is free (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--public-host",
            paramLabel = "NAME",
            description =
                    "The name by which users reach the server through a reverse proxy, such as clap.example.org. May be"
                            + " given several times.")
    private List<String> publicHosts = List.of();

    @Option(
            names = "--api-key-file",
            paramLabel = "FILE",
            description = "Answer only requests with one of these keys, one a line, of at least 16 characters.")
    private Path keys;

    @Option(
            names = "--allow-fetch",
            paramLabel = "HOST",
            description = "Fetch pictures from links to this host; no link is followed otherwise. May be given several"
                    + " times.")
    private List<String> fetchHosts = List.of();

    @Option(
            names = "--max-body",
            defaultValue = "16",
            paramLabel = "MIB",
            description = "The largest request in mebibytes (default: ${DEFAULT-VALUE}).")
    private int mebibytes;

    @Option(
            names = "--max-inputs",
            defaultValue = "256",
            paramLabel = "N",
            description = "The most texts and pictures in one request (default: ${DEFAULT-VALUE}).")
    private int inputs;

    @Option(
            names = "--max-requests",
            defaultValue = "256",
            paramLabel = "N",
            description = "The most requests in progress; others are sent away at once with status 429 (default:"
                    + " ${DEFAULT-VALUE}).")
    private int requests;

    @Option(
            names = "--max-wait",
            defaultValue = "5",
            paramLabel = "SECONDS",
            description =
                    "The longest time for which requests in progress may hold up another; what would wait longer is sent"
                            + " away at once with status 429 (default: ${DEFAULT-VALUE}).")
    private int wait;

    @Option(
            names = "--request-time",
            defaultValue = "30",
            paramLabel = "SECONDS",
            description = "The time for a request (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--check",
            description = "Start, answer a text and a picture, and end: says whether the other options work.")
    private boolean check;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        alpha.check(head.given());
        WrongUse.when(port < 0 || port > HIGHEST_PORT, "--port takes a number from 0 to " + HIGHEST_PORT);
        WrongUse.when(
                IntStream.of(mebibytes, inputs, requests, wait, seconds).min().getAsInt() < 1,
                "Limits should be at least 1");
        WrongUse.when(mebibytes > MOST_MEBIBYTES, "--max-body takes a number up to " + MOST_MEBIBYTES);
        Optional<List<String>> names = classes.names();
        WrongUse.when(names.isEmpty() && templates.isGiven(), "Templates apply to classes; name some with --classes");
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        ClapServer.Builder settings = ClapServer.builder()
                .host(host)
                .port(port)
                .publicHosts(publicHosts.toArray(String[]::new))
                .allowFetch(fetchHosts.toArray(String[]::new))
                .maxBodyBytes((long) mebibytes << 20)
                .maxInputs(inputs)
                .maxRequests(requests)
                .maxWait(Duration.ofSeconds(wait))
                .requestTime(Duration.ofSeconds(seconds))
                .indexes(indexes.toArray(Path[]::new))
                .map(ServeCommand::map)
                .log(out::println);
        names.map(given -> templates.prompts(given, templates.language(head.read())))
                .ifPresent(settings::classes);
        Optional.ofNullable(keys).ifPresent(settings::apiKeys);
        head.file().ifPresent(settings::head);
        alpha.given().ifPresent(settings::alpha);
        ClipModel encoders = model.load(err);
        try (StopSignal stop = StopSignal.listen("open requests are being answered");
                Clip clip = ClipAccess.of(encoders, Optional.empty(), 0);
                ClapServer server = settings.model(clip).start()) {
            if (check) {
                check(server);
                err.println("clap: answered a text and a picture at " + server.address());
                return;
            }
            err.println("clap: serving at " + server.address()
                    + (host.equals(THIS_MACHINE) && publicHosts.isEmpty()
                            ? ", to this machine alone (see --host and --public-host)"
                            : "")
                    + "; Ctrl-C stops");
            stop.await(POLL_MILLISECONDS);
        }
    }

    /** Asks the server, like a client, whether it is ready. */
    private static void check(ClapServer server) {
        URI ready = server.address().resolve("/readyz");
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(ready).build(), BodyHandlers.ofString());
            if (answer.statusCode() != HttpURLConnection.HTTP_OK) {
                throw new ClapException(
                        ready + " answered with status " + answer.statusCode() + ": " + Names.line(answer.body()));
            }
        } catch (IOException e) {
            throw new ClapException(ready + " cannot be reached: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClapException("The check was interrupted", e);
        }
    }

    /** Lays pictures out with t-SNE; as many neighbours each as the number of pictures allows. */
    static FeatureMatrix map(FeatureMatrix features, Progress progress) {
        TsneOptions usual = TsneOptions.DEFAULTS;
        double perplexity = Math.max(2, Math.min(usual.perplexity(), (features.rows() - 1) / 3.0));
        TsneOptions options = new TsneOptions(perplexity, usual.iterations(), usual.seed());
        long steps = (long) features.rows() + options.iterations();
        return Tsne.of(features, options, Steps.begin(progress, "map", steps)).places();
    }
}
