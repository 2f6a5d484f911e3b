package dev.clap4j.internal.server;

import dev.clap4j.internal.server.api.Classify;
import dev.clap4j.internal.server.api.Embeddings;
import dev.clap4j.internal.server.api.InputReader;
import dev.clap4j.internal.server.api.Models;
import dev.clap4j.internal.server.api.Readiness;
import dev.clap4j.internal.server.api.Similarity;
import dev.clap4j.internal.server.encode.Encoders;
import dev.clap4j.internal.server.fetch.PictureFetcher;
import dev.clap4j.internal.server.http.ApiException;
import dev.clap4j.internal.server.http.JsonLog;
import dev.clap4j.internal.server.http.Metrics;
import dev.clap4j.internal.server.http.Pipeline;
import dev.clap4j.internal.server.http.Pipeline.Route;
import dev.clap4j.internal.server.http.Reply;
import dev.clap4j.internal.server.model.ServedModel;
import dev.clap4j.internal.server.openapi.ApiDocument;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The paths of a server and what answers there. */
final class Routes {
    private static final String MODELS = "/v1/models";
    private static final Map<String, String> DOCS_POLICY =
            Map.of("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");

    private final Pipeline pipeline;
    private final Map<String, Route> gets = new LinkedHashMap<>();
    private final Map<String, Route> posts = new LinkedHashMap<>();
    private final Models models;

    private Routes(Pipeline pipeline, Models models) {
        this.pipeline = pipeline;
        this.models = models;
    }

    static Routes of(
            ServedModel model,
            Encoders encoders,
            PictureFetcher fetcher,
            Pipeline pipeline,
            Metrics metrics,
            JsonLog log,
            Settings settings) {
        Limits limits = settings.limits();
        InputReader reader = new InputReader(model, fetcher, limits.inputs());
        Classify classify = new Classify(model, reader, settings.classes(), limits.inputs(), limits.prompts());
        Readiness readiness = new Readiness(encoders, pipeline::isClosing, log);
        Routes routes = new Routes(pipeline, new Models(model, settings.classes()));
        routes.post("/v1/embeddings", new Embeddings(model, reader)::answer);
        routes.post("/v1/classify", classify::answer);
        routes.post("/v1/similarity", new Similarity(model, reader)::answer);
        routes.get(MODELS, false, routes.models::list);
        routes.get("/metrics", false, any -> text("text/plain; version=0.0.4; charset=utf-8", metrics.text()));
        routes.get("/healthz", true, any -> Reply.json(Map.of("status", "alive")));
        routes.get("/readyz", true, any -> readiness.answer());
        routes.get("/openapi.yaml", true, any -> text("application/yaml", ApiDocument.yaml()));
        routes.get("/docs", true, any -> docs());
        return routes;
    }

    private static Reply docs() {
        Reply page = text("text/html; charset=utf-8", ApiDocument.page());
        for (Map.Entry<String, String> header : DOCS_POLICY.entrySet()) {
            page = page.with(header.getKey(), header.getValue());
        }
        return page;
    }

    private static Reply text(String type, String text) {
        return new Reply(200, type, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private void get(String path, boolean open, Pipeline.Work work) {
        gets.put(path, new Route(path, open, false, work));
    }

    private void post(String path, Pipeline.Work work) {
        posts.put(path, new Route(path, false, true, work));
    }

    /** Adds them; all requests come to one handler, so that each has its line in the log, also where there is nothing. */
    void addTo(RoutesConfig routes) {
        routes.before(context -> {
            serve(context);
            context.skipRemainingHandlers();
        });
    }

    private void serve(Context context) throws java.io.IOException {
        pipeline.serve(find(context.req().getMethod(), context.path()), context.req(), context.res());
    }

    private Route find(String method, String path) {
        boolean reading = method.equals("GET") || method.equals("HEAD");
        Route found = reading ? gets.get(path) : method.equals("POST") ? posts.get(path) : null;
        if (found != null) {
            return found;
        }
        if (reading && path.startsWith(MODELS + "/")) {
            String id = path.substring(MODELS.length() + 1);
            return new Route(MODELS + "/{id}", false, false, any -> models.one(id));
        }
        if (gets.containsKey(path) || posts.containsKey(path)) {
            String allowed = gets.containsKey(path) ? "GET" : "POST";
            return new Route(path, true, false, any -> {
                throw ApiException.wrongMethod(allowed);
            });
        }
        return new Route("other", true, false, any -> {
            throw ApiException.notFound();
        });
    }
}
