// For `npx mocha FILE` by hand and for the runner behind `npm test` (scripts/test/).
module.exports = {
  timeout: 60_000,
  forbidOnly: process.env.CI === "true",
};
