package dev.clap4j.internal.server;

import dev.clap4j.internal.server.api.Classify;
import dev.clap4j.internal.server.api.Compare;
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
import dev.clap4j.internal.server.index.IndexState;
import dev.clap4j.internal.server.index.PictureMap;
import dev.clap4j.internal.server.index.Search;
import dev.clap4j.internal.server.index.ServedIndexes;
import dev.clap4j.internal.server.index.Similar;
import dev.clap4j.internal.server.index.Thumbnails;
import dev.clap4j.internal.server.model.ServedModel;
import dev.clap4j.internal.server.openapi.ApiDocument;
import dev.clap4j.internal.server.page.Page;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The paths of a server and what answers there. */
final class Routes {
    private static final String MODELS = "/v1/models";
    private static final String PICTURES = "/v1/pictures/";
    private static final Map<String, String> DOCS_POLICY = Map.of(
            "Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'");

    private final Pipeline pipeline;
    private final Map<String, Route> gets = new LinkedHashMap<>();
    private final Map<String, Route> posts = new LinkedHashMap<>();
    private final Models models;
    private final Optional<Thumbnails> thumbnails;

    private Routes(Pipeline pipeline, Models models, Optional<Thumbnails> thumbnails) {
        this.pipeline = pipeline;
        this.models = models;
        this.thumbnails = thumbnails;
    }

    /** The indexes, and the map of them. */
    record Indexed(ServedIndexes indexes, PictureMap map) {}

    static Routes of(
            ServedModel model,
            Encoders encoders,
            PictureFetcher fetcher,
            Indexed indexed,
            Pipeline pipeline,
            Metrics metrics,
            JsonLog log,
            Settings settings) {
        Limits limits = settings.limits();
        InputReader reader = new InputReader(model, fetcher, limits.inputs());
        Classify classify = new Classify(model, reader, settings.classes(), limits.inputs(), limits.prompts());
        Readiness readiness = new Readiness(encoders, pipeline::isClosing, log);
        ServedIndexes indexes = indexed.indexes;
        Routes routes = new Routes(
                pipeline,
                new Models(model, settings.classes()),
                indexes.isEmpty() ? Optional.empty() : Optional.of(new Thumbnails(indexes, limits.pixels())));
        routes.post("/v1/embeddings", new Embeddings(model, reader)::answer);
        routes.post("/v1/classify", classify::answer);
        routes.post("/v1/similarity", new Similarity(model, reader)::answer);
        routes.post("/v1/compare", new Compare(model, reader, classify)::answer);
        IndexState state = new IndexState(indexes, indexed.map);
        routes.get("/v1/index", false, any -> state.answer());
        if (indexes.isEmpty()) {
            Pipeline.Work none = any -> {
                throw ApiException.noIndex();
            };
            routes.post("/v1/search", none);
            routes.post("/v1/similar", none);
            routes.get("/v1/map", false, none);
        } else {
            routes.post("/v1/search", new Search(model, indexes, reader)::answer);
            routes.post("/v1/similar", new Similar(indexes)::answer);
        }
        if (indexed.map.exists()) {
            routes.get("/v1/map", false, any -> indexed.map.answer());
        }
        Page.replies().forEach((path, reply) -> routes.get(path, true, any -> reply));
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
        Route route = new Route(path, false, true, work);
        posts.put(path, route);
        pipeline.expect(route);
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
        if (reading && path.startsWith(PICTURES) && thumbnails.isPresent()) {
            String id = path.substring(PICTURES.length());
            return new Route(PICTURES + "{id}", false, false, exchange -> thumbnails
                    .get()
                    .answer(id, exchange));
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
