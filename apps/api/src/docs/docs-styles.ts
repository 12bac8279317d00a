/**
 * The styles of `/docs`, on top of Swagger UI's own. An open operation fits a screen: the request is on the left and the responses
 * are on the right, each of which scrolls if it is longer. An error is one line, and shows its example and headers while a button
 * in it has the focus.
 */
export const DOCS_STYLES = `
    html { box-sizing: border-box; overflow-y: scroll; }
    *, *:before, *:after { box-sizing: inherit; }
    body { margin: 0; background: #fafafa; }
    .swagger-ui .topbar .download-url-wrapper, .response-col_links { display: none }

    .swagger-ui .dialog-ux .modal-ux-content { max-height: 85vh; padding: 10px 20px; }
    .swagger-ui .dialog-ux .auth-container { margin: 0; padding: 4px 0; }
    .swagger-ui .auth-container h4 { margin: 4px 0; }
    .swagger-ui .auth-container .wrapper { padding: 0; }
    .swagger-ui .auth-container input { width: 100%; max-width: none; margin: 2px 0; }
    .swagger-ui .auth-container .auth-btn-wrapper { padding: 4px 0; }

    .swagger-ui .opblock-body { --screen: calc(100vh - 80px); }
    .swagger-ui .opblock-body > .responses-wrapper { max-height: var(--screen); overflow-y: auto; }
    @media (min-width: 1000px) {
      .swagger-ui .opblock-body {
        display: grid; max-height: var(--screen);
        grid-template: auto minmax(0, max-content) auto 1fr / minmax(0, 1fr) minmax(0, 1fr);
      }
      .swagger-ui .opblock-body > * { grid-column: 1; }
      .swagger-ui .opblock-body > .opblock-section { min-height: 0; overflow-y: auto; }
      .swagger-ui .opblock-body > .responses-wrapper { grid-area: 1 / 2 / span 4; border-left: 1px solid #3b415133; }
    }

    .swagger-ui .opblock-body .renderedMarkdown p { margin: 0 0 6px; font-size: 13px; }
    .swagger-ui .opblock-body .renderedMarkdown code { font-size: 12px; }
    .swagger-ui .opblock-body > .opblock-description-wrapper { padding: 10px 20px 0; }
    .swagger-ui .opblock-body .opblock-section-header { min-height: 36px; padding: 4px 20px; }
    .swagger-ui .opblock-section-header .btn { padding: 2px 12px; }
    .swagger-ui .opblock-body :is(.table-container, .responses-inner) { padding: 0 20px 6px; }
    .swagger-ui .opblock-section-request-body .opblock-description-wrapper { padding: 6px 20px 0; }
    .swagger-ui .opblock-body .body-param__text { field-sizing: content; min-height: 120px; max-height: 34vh; margin: 4px 0; }
    .swagger-ui .opblock-body :is(.execute-wrapper, .btn-group) { padding: 8px 20px; }

    .swagger-ui .opblock-body :is(.parameters, .responses-table, .headers) > thead { display: none; }
    .swagger-ui .parameters > tbody > tr > td { padding: 6px 0 0; }
    .swagger-ui .parameters .parameters-col_name { width: 10em; max-width: 10em; }
    .swagger-ui .parameters-col_name > div { padding: 0; font-size: 12px; }
    .swagger-ui .parameters-col_description :is(input, select) { width: 100%; max-width: none; margin: 0; padding: 4px 8px; }

    .swagger-ui .responses-table > tbody > .response > td { padding: 6px 0 0; border-bottom: 1px solid #3b415122; }
    .swagger-ui .responses-table .response-col_status { width: 5em; min-width: 5em; }
    .swagger-ui .responses-inner :is(h4, h5) { margin: 6px 0 2px; }
    .swagger-ui .responses-inner :is(.response-controls, .model-example, .headers-wrapper) { margin: 0; padding: 0 0 4px; }
    .swagger-ui .response-controls:not(:has(.examples-select)) { display: none; }
    .swagger-ui .responses-inner .tab { margin: 0 0 2px; }
    .swagger-ui .responses-inner .microlight { max-height: 26vh; margin: 0; padding: 6px 8px; overflow: auto; }
    .swagger-ui .opblock-body .headers > tbody > tr > td { padding: 0 8px 2px 0; font: 12px sans-serif; }
    .swagger-ui .headers .renderedMarkdown p { margin: 0; font: 12px sans-serif; }
    .swagger-ui .headers .header-example { display: none; }

    .swagger-ui .response[data-code]:not([data-code^="2"], :focus-within) > .response-col_description {
      display: flex; justify-content: space-between; gap: 20px;
    }
    .swagger-ui .response[data-code]:not([data-code^="2"], :focus-within) :is(.response-controls, .headers-wrapper, .model-example > div) {
      display: none;
    }
    .swagger-ui .response[data-code]:not([data-code^="2"], :focus-within) :is(.model-example, .tab, .tabitem) { flex: none; min-width: 0; width: auto; }
    .swagger-ui .response[data-code]:not([data-code^="2"]) .response-col_description__inner { flex: 1; }
`;
