import { DOCS_SCRIPT } from './docs-script.js';
import { DOCS_STYLES } from './docs-styles.js';

/** Swagger UI's own page with our title. Its files are next to it, at `docs/`. */
export const DOCS_PAGE = `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Cartwright API</title>
  <link rel="stylesheet" href="./docs/swagger-ui.css">
  <link rel="icon" type="image/png" href="./docs/favicon-32x32.png" sizes="32x32">
  <link rel="icon" type="image/png" href="./docs/favicon-16x16.png" sizes="16x16">
  <style>
${DOCS_STYLES}  </style>
</head>
<body>
  <div id="swagger-ui"></div>
  <script src="./docs/swagger-ui-bundle.js"></script>
  <script src="./docs/swagger-ui-standalone-preset.js"></script>
  <script src="./docs/swagger-ui-init.js"></script>
</body>
</html>
`;

/** https://swagger.io/docs/open-source-tools/swagger-ui/usage/configuration */
export const DOCS_INIT = `${DOCS_SCRIPT}
window.ui = SwaggerUIBundle({
  url: './docs-json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  plugins: [SwaggerUIBundle.plugins.DownloadUrl],
  layout: 'StandaloneLayout',
  // Otherwise it shows where it is to swagger.io.
  validatorUrl: null,
  persistAuthorization: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
  requestInterceptor,
  responseInterceptor,
});
`;
